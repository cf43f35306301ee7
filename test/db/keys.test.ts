import { expect } from 'chai'
import { danishSortKey, searchTokens, searchWords, tokenRange } from '../../src/db/keys.js'

const sorted = (names: string[]) =>
  names.toSorted((a, b) => Buffer.compare(Buffer.from(danishSortKey(a)), Buffer.from(danishSortKey(b))))

describe('Danish sort keys', () => {
  const orders: [string, string[]][] = [
    ['æ, ø and å after z', ['Zenit', 'Ærø', 'Østfyn', 'Åbo']],
    ['aa with å, not with a', ['Albertslund', 'Zealand', 'Aabenraa', 'Ålborg', 'Aarhus']],
    ['aa and å as one letter', ['Aabenraa', 'Åbenrå Havn', 'Aabybro', 'Århus', 'Aars']],
    ['capitals and small letters alike', ['ballerup', 'Brøndby', 'brøndum', 'BRØNSHØJ']],
    [
      'foreign letters with their Danish kin',
      ['Übermorgen', 'Ydby', 'Zen', 'Änglahund', 'Ærø', 'Öland', 'Østfyn'],
    ],
    ['é as e', ['Cafe A', 'Café B', 'Cafe C']],
    ['numbers by value', ['Skole 2', 'Skole 10', 'Skole 101', 'Skolen']],
    ['numbers before letters', ['3F', '112 Alarm', 'A-kassen']],
    ['a shorter name before a longer one', ['Ring', 'Ring ApS', 'Ringsted']],
    ['marks as gaps', ['A.B. Data', 'A/B Vest', 'Abel']],
  ]
  for (const [rule, names] of orders) {
    it(`sort ${rule}`, () => {
      expect(sorted(names.toReversed())).to.deep.equal(names)
    })
  }

  it('give the same key to the same letter however it is encoded', () => {
    expect(danishSortKey('A\u030arhus')).to.equal(danishSortKey('Århus'))
    expect(danishSortKey('Cafe\u0301')).to.equal(danishSortKey('cafe'))
  })
})

describe('Search tokens', () => {
  const finds = (text: string, typed: string) => {
    const tokens = searchTokens(text)
    return searchWords(typed).every((word) =>
      tokens.some((token) => new RegExp(tokenRange(word).$regex, 'u').test(token)),
    )
  }
  const found: [string, string][] = [
    ['Møller & Søn', 'møl'],
    ['Møller & Søn', 'moell'],
    ['Møller & Søn', 'moller'],
    ['Moeller', 'Møller'],
    ['Åbenrå Kommune', 'Aabenraa komm'],
    ['Aabenraa Kommune', 'åbenrå'],
    ['Ærø Færgefart', 'aeroe'],
    ['Müller GmbH', 'muller'],
    ['Müller GmbH', 'müll'],
    ['Café Ø', 'cafe'],
    ['PowerNet A/S', 'POWER'],
    ['CVR 12345678', '1234'],
    ['Varsel CN-2026-004 om Curanet', 'cn-2026-004'],
    ['Varsel CN-2026-004 om Curanet', 'CN-2026-0'],
    ['Varsel CN-2026-004 om Curanet', 'CN-20'],
    ['Varsel CN-2026-004 om Curanet', '2026 004'],
    ['DK-2620 Albertslund', '2620'],
  ]
  for (const [text, typed] of found) {
    it(`find "${text}" by "${typed}"`, () => {
      expect(finds(text, typed)).to.equal(true)
    })
  }

  it('do not find words by their middle or by another word', () => {
    expect(finds('PowerNet A/S', 'net')).to.equal(false)
    expect(finds('PowerNet A/S', 'power cloud')).to.equal(false)
  })

  it('look for a reference whole: its parts stand in half of all rows', () => {
    expect(searchWords('CN-2026-004 curanet')).to.deep.equal(['cn2026004', 'curanet'])
    expect(finds('CN-2026-040 af 4. 2026', 'CN-2026-004')).to.equal(false)
  })

  it('hold the word as it is written, and leave out what is missing', () => {
    expect(searchTokens('Kommune', undefined, null, '')).to.deep.equal(['kommune'])
    expect(searchTokens('Møller')).to.have.members(['møller', 'moeller', 'moller'])
  })

  it('take nothing a person types for a pattern', () => {
    expect(tokenRange('.*(a+)+$').$regex).to.equal('^a')
  })
})
