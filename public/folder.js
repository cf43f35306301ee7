// The folder works without this file: it is saved by its button. With it what is written is saved as it is written, and said so; what
// is not saved yet is kept on the device, so that going away and coming back loses nothing.

const form = document.getElementById('folder')
if (form) begin()

function begin() {
  const words = form.dataset
  const place = `tilsyn-folder ${words.scope}`
  // Both versions are on the page: what is kept on the device is one of them, and is chosen between there.
  if (words.choosing !== undefined) return forget()

  const said = form.querySelector('[data-said]')
  const seen = form.elements.namedItem('seen')
  let timer = 0
  let sending = false
  let dirty = false
  let stopped = false
  let pressed = null
  let suggested = ''

  // A browser that comes back may put old words into the fields; the page's own are newer, and the device's newer still.
  form.reset()
  if (words.unsaved === undefined) restore()
  else changed(0)

  form.addEventListener('input', (event) =>
    changed(/^(?:text|textarea|date)$/.test(event.target.type) ? 1500 : 300),
  )
  form.addEventListener('submit', (event) => {
    clearTimeout(timer)
    stopped = true
    if (!sending) return
    // What is on its way raises the version: sent after it, so that nobody is in conflict with oneself.
    event.preventDefault()
    pressed = event.submitter
  })
  window.addEventListener('online', () => dirty && later(0))
  // A phone puts a page away without leaving it, and may never come back to it.
  window.addEventListener('pagehide', leave)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && leave())
  window.addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    // As it was left, and perhaps saved on the way out: the version is asked for with the same words.
    stopped = sending = false
    pressed = null
    later(0)
  })

  function changed(wait) {
    dirty = true
    keep()
    if (stopped) return
    say(words.saving)
    later(wait)
  }

  function later(wait) {
    if (stopped) return
    dirty = true
    clearTimeout(timer)
    timer = setTimeout(() => sending || void save(seen.value, false), wait)
  }

  function leave() {
    if (!dirty || stopped) return
    clearTimeout(timer)
    // What is on its way will have raised the version once.
    void save(Number(seen.value) + (sending ? 1 : 0), true)
  }

  async function save(version, leaving) {
    sending = true
    dirty = false
    say(words.saving)
    const body = new URLSearchParams(new FormData(form))
    body.set('seen', version)
    let answer = null
    let told = {}
    try {
      answer = await fetch(form.action, {
        method: 'POST',
        body,
        headers: { Accept: 'application/json' },
        redirect: 'error',
        keepalive: leaving,
      })
      told = answer.headers.get('content-type')?.includes('json') ? await answer.json() : {}
    } catch {
      answer = null
    }
    sending = false
    if (answer?.ok) saved(told)
    else if (answer === null || answer.status >= 500 || answer.status === 429) {
      say(words.waiting)
      later(10_000)
    } else refused(answer.status, told)
    if (pressed) form.requestSubmit(pressed)
  }

  function saved(told) {
    seen.value = told.version
    if (dirty) {
      keep()
      return later(0)
    }
    forget()
    say(told.said)
    show(told)
  }

  function refused(status, told) {
    // Somebody else has saved: what one wrote stays, and the button shows both beside each other.
    stopped = status === 409
    const then = status === 409 ? words.reload : status === 422 ? words.wrong : words.ended
    say(`${told.said ?? ''} ${then}`.trim())
  }

  // Said once: a reader's voice repeats what is put there anew.
  function say(text) {
    if (said.textContent !== text) said.textContent = text
  }

  /** What follows from the answers: the score, which ways of supervising suffice, and when to look again. */
  function show({ score, ways = [], next, nextHint }) {
    const shown = form.querySelector('[data-score]')
    shown.className = score ? 'notice' : 'muted'
    shown.querySelector('strong').textContent = score ? score.words : ''
    shown.querySelector('span').textContent = score ? score.suffices : shown.dataset.none
    for (const { value, enough } of ways) form.querySelector(`[data-enough="${value}"]`).textContent = enough
    document.getElementById('field-next-hint').textContent = nextHint
    // As a page that is opened anew suggests it.
    const day = form.elements.namedItem('next')
    if (day.value === '' || day.value === suggested) day.value = next
    suggested = next
  }

  // --- On the device, while it is not saved

  function keep() {
    try {
      localStorage.setItem(
        place,
        JSON.stringify([...new FormData(form)].filter(([name]) => name !== '_csrf')),
      )
    } catch {
      // No room, or the browser keeps nothing: saving goes on.
    }
  }

  function restore() {
    let kept = null
    try {
      kept = JSON.parse(localStorage.getItem(place))
    } catch {
      // As above.
    }
    if (!kept) return
    const given = new Map()
    for (const [name, value] of kept) given.set(name, [...(given.get(name) ?? []), value])
    for (const control of form.elements) {
      if (!control.name || control.name === '_csrf') continue
      const values = given.get(control.name) ?? []
      if (/^(?:checkbox|radio)$/.test(control.type)) control.checked = values.includes(control.value)
      else if (values.length > 0) control.value = values[0]
    }
    // With the version they were written on: where somebody else has saved since, both are shown.
    changed(0)
  }

  function forget() {
    try {
      localStorage.removeItem(place)
    } catch {
      // As above.
    }
  }
}
