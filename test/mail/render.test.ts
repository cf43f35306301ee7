import { expect } from 'chai'
import { renderMail } from '../../src/mail/render.js'
import { linkPlaceholder } from '../../src/mail/rules.js'
import { message } from './messages.js'

const letterhead = {
  name: 'Møller & Søn <IT> A/S',
  address: 'Bredgade 1, 1260 København K',
  registration: 'CVR 35240136',
  replyTo: null,
}
const { content } = message(1)

describe('the body of a mail', () => {
  const { text, html } = renderMail(content, 'da', letterhead, true)

  it('says first what the reader must do', () => {
    const order = (body: string) =>
      [content.lead, 'Hvad ændres', 'Se ændringen', 'CVR 35240136'].map((part) =>
        body.search(new RegExp(part, 'i')),
      )
    for (const body of [text, html]) {
      expect(order(body)).not.to.include(-1)
      expect(order(body)).to.deep.equal([...order(body)].sort((a, b) => a - b))
    }
  })

  it('escapes everything in HTML, and nothing in plain text', () => {
    expect(html).to.include('Møller &amp; Søn &lt;IT&gt; A/S').and.not.to.include('<b>Fiktiv')
    expect(text).to.include('Møller & Søn <IT> A/S').and.to.include('<b>Fiktiv Hosting ApS</b> & co.')
  })

  it('has the link as a button and as an address to copy', () => {
    expect(html.split(linkPlaceholder)).to.have.length(4)
    expect(text).to.include(`Se ændringen:\n${linkPlaceholder}`)
  })

  it('has neither button nor address where there is no link', () => {
    const without = renderMail(content, 'da', letterhead, false)
    for (const body of [without.text, without.html])
      expect(body).not.to.include(linkPlaceholder).and.not.to.include('Se ændringen')
  })

  it('names the language, the organisation and the reader’s case number', () => {
    expect(html).to.include('<html lang="da"')
    expect(text).to.include('Deres sagsnr.: 24-1234').and.to.include('Bredgade 1, 1260 København K')
    expect(renderMail(content, 'en', letterhead, true).text).to.include('Your case no.: 24-1234')
  })

  it('offers no way to unsubscribe', () => {
    for (const locale of ['da', 'en'] as const)
      expect(JSON.stringify(renderMail(content, locale, letterhead, true))).not.to.match(
        /unsubscribe|afmeld/i,
      )
  })

  it('loads nothing from elsewhere and runs nothing', () => {
    expect(html).not.to.match(/<img|<script|<link|url\(|@import/)
    expect([...html.matchAll(/https?:\/\/[^\s"<]+/g)].map(([url]) => url)).to.have.all.members([
      'http://www.w3.org/1999/xhtml',
      linkPlaceholder,
      linkPlaceholder,
      linkPlaceholder,
    ])
  })

  it('leaves no gaps in plain text', () => {
    expect(text).not.to.match(/\n{3}|[ \t]\n/)
  })

  it('does without the organisation before it is set up', () => {
    expect(renderMail({ subject: 'a', lead: 'b', sections: [] }, 'en', null, false).text).to.match(
      /^Tilsyn\n------\n\nb\n/,
    )
  })
})
