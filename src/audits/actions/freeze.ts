import { record } from '../../audit-log/actions.js'
import type { Bilingual, Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { firstMove } from '../../db/moves.js'
import { Audits, insertAudit } from '../records/audits.js'
import { forgetTests, insertTests, Tests, testsOf } from '../records/tests.js'
import type { Audit } from '../rules/audit.js'
import { compile } from '../rules/compile.js'
import type { DeclarationFacts } from '../rules/declaration.js'
import { missingBeforeSigning } from '../rules/missing.js'
import { correctedTest, correctionOf, frozen, reopened } from '../rules/sign.js'
import { askSigners } from './ask-signers.js'
import { aroundOf, recognisableIn } from './around.js'
import { moveAudit } from './move.js'
import { auditOf, wholeAudit } from './read.js'

/** What would be frozen now, and what is signed once it is. */
export async function factsOf(context: Context, reference: string): Promise<DeclarationFacts> {
  const audit = await auditOf(reference)
  if (audit.frozen) return audit.frozen.facts as DeclarationFacts
  const [whole, around] = await Promise.all([wholeAudit(context, reference), aroundOf(audit, context.today)])
  return compile(whole, around)
}

/**
 * From now on it stands still and waits for both signatures. `seen`: the version the person had before them. `lookedAt`: they say that
 * the customers named in it cannot be recognised as customers. Throws `Refused`.
 */
export async function freeze(
  context: Context,
  reference: string,
  { seen, lookedAt }: { seen: number; lookedAt: boolean },
): Promise<Audit> {
  const whole = await wholeAudit(context, reference)
  const { audit } = whole
  if (audit.version !== seen) throw new Refused('changed-meanwhile')
  const facts = compile(whole, await aroundOf(audit, context.today))
  const changes = frozen(audit, missingBeforeSigning(whole), facts, context.now)
  const named = lookedAt ? [] : await recognisableIn(facts)
  const [first] = named
  if (first) throw new Refused('declaration-names-customer', { customer: first.customer, said: first.said })
  const moved = await moveAudit(context, audit, changes, {
    event: 'audit.frozen',
    facts: {
      hash: changes.frozen?.hash,
      edition: audit.edition,
      results: Object.fromEntries(facts.areas.map(({ id, counts }) => [id, counts])),
      findings: facts.findings.map((finding) => finding.reference),
      figures: facts.figures.sections.flatMap(({ figures }) =>
        figures.map(({ key, value, of }) => ({ key, value, of })),
      ),
      namesLookedAt: lookedAt,
    },
  })
  await askSigners(context, moved)
  return moved
}

/** Open to change once more: what was signed of it is discarded. */
export async function reopen(context: Context, reference: string, because: string): Promise<Audit> {
  const audit = await auditOf(reference)
  return moveAudit(context, audit, reopened(audit), {
    event: 'audit.reopened',
    facts: { hash: audit.frozen?.hash, discarded: audit.signatures.map(({ as }) => as) },
    personal: { because },
  })
}

/** The next edition of a signed one, with everything of it, to be put right and signed anew; the signed one holds until then. */
export async function correct(context: Context, reference: string, why: Bilingual): Promise<Audit> {
  const signedOne = await auditOf(reference)
  const content = correctionOf(signedOne, why, newId())
  const move = { at: context.now, by: context.actor }
  const tests = (await testsOf(signedOne._id)).map((test) => ({
    ...correctedTest(test, content._id),
    ...firstMove({
      ...move,
      event: 'audit-test.copied',
      facts: { audit: content.reference, control: test.control, result: test.result },
    }),
  }))
  // The tests first: an audit that is there has all its controls.
  await insertTests(tests)
  const audit = await insertAudit({
    ...content,
    ...firstMove({
      ...move,
      event: 'audit.corrected',
      facts: { reference: content.reference, edition: content.edition, replaces: signedOne.reference },
      personal: { because: why },
    }),
  })
  if (!audit) {
    await forgetTests(content._id)
    throw new Refused('declaration-corrected-already')
  }
  await record(Audits, audit)
  await record(Tests, tests)
  return audit
}
