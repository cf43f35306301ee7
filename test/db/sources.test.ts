import { expect } from 'chai'
import { listWithSuite, releaseAfter, stanzasWithSuite } from '../../src/db/engine/apt-sources.js'

describe('Sources for a newer C library', () => {
  it('are of the release after this one, where that is known', () => {
    expect(releaseAfter('ID=debian\nVERSION_CODENAME=bookworm\n')).to.deep.equal({
      from: 'bookworm',
      to: 'trixie',
    })
    expect(releaseAfter('VERSION_CODENAME="bookworm"')).to.deep.equal({ from: 'bookworm', to: 'trixie' })
    expect(releaseAfter('ID=alpine\n')).to.equal(undefined)
    expect(releaseAfter('')).to.equal(undefined)
  })

  it("keep the machine's mirrors and keys, and leave other origins out", () => {
    const list = [
      '# deb http://commented.example bookworm main',
      'deb http://mirror.example/debian bookworm main contrib',
      'deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian-security bookworm-security main',
      'deb-src http://mirror.example/debian bookworm main',
      'deb https://other.example/apt cloud-bookworm main',
      'deb http://mirror.example/debian bookworm-backports main',
    ].join('\n')
    expect(listWithSuite(list, 'bookworm', 'trixie')).to.equal(
      'deb http://mirror.example/debian trixie main contrib\n' +
        'deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian-security trixie-security main\n',
    )
  })

  it('do the same in the newer format', () => {
    const sources = `# a comment
Types: deb deb-src
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates bookworm-backports
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc

Types: deb-src
URIs: http://mirror.example/debian
Suites: bookworm

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm

Types: deb
URIs: https://other.example/node
Suites: nodistro
`
    expect(stanzasWithSuite(sources, 'bookworm', 'trixie')).to.equal(`Types: deb
URIs: http://mirror.example/debian
Suites: trixie trixie-updates
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc`)
  })
})
