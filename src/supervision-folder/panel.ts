/** What staff see of a customer's own supervision: a section of its page, handed over in `app.ts`. */
import type { Context } from '../base/context.js'
import type { Customer } from '../customers/rules.js'
import { textIn } from '../i18n/texts.js'
import { folderForStaff } from './page.js'
import { foldersOfCustomer } from './records.js'

type Panel = { title: string; view: string; values: Record<string, unknown> }

export async function customerFoldersPanel(
  { _id, reference }: Customer,
  { locale }: Context,
): Promise<Panel> {
  const folders = await foldersOfCustomer(_id)
  return {
    title: textIn(locale)('supervision-folder:staff.title'),
    view: 'supervision-folder/panel',
    values: { folders: folders.map((folder) => folderForStaff(folder, locale, reference)) },
  }
}
