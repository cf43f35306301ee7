// The folder works without this file: it is saved by its button. With it what is written is saved as it is written, and said so.

const form = document.getElementById('folder')
if (form) begin()

function begin() {
  const said = form.querySelector('[data-said]')
  const seen = form.elements.namedItem('seen')
  let timer = 0
  let sending = false
  let dirty = false
  let stopped = false
  let pressed = null

  form.addEventListener('input', (event) =>
    later(/^(?:text|textarea|date)$/.test(event.target.type) ? 1500 : 300),
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
  window.addEventListener('pagehide', () => dirty && !sending && !stopped && void save(true))

  function later(wait) {
    if (stopped) return
    dirty = true
    clearTimeout(timer)
    timer = setTimeout(() => void save(false), wait)
  }

  async function save(leaving) {
    if (sending) return
    sending = true
    dirty = false
    if (!leaving) said.textContent = form.dataset.saving
    let answer = null
    let told = {}
    try {
      answer = await fetch(form.action, {
        method: 'POST',
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: 'application/json' },
        redirect: 'error',
        keepalive: leaving,
      })
      told = answer.headers.get('content-type')?.includes('json') ? await answer.json() : {}
    } catch {
      answer = null
    }
    sending = false
    if (answer?.ok) {
      seen.value = told.version
      said.textContent = told.said
      if (dirty) later(0)
    } else if (answer === null || answer.status >= 500 || answer.status === 429) {
      said.textContent = form.dataset.waiting
      later(10_000)
    } else {
      // Somebody else has saved: what one wrote stays, and the button shows both beside each other.
      stopped = answer.status === 409
      said.textContent = `${told.said ?? ''} ${form.dataset.reload}`.trim()
    }
    if (pressed) form.requestSubmit(pressed)
  }
}
