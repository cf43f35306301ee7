// Lists work without this file: the form is sent and the page comes again. With it, rows follow what is typed.

const results = document.getElementById('results')
const form = document.querySelector('form[data-live]')
const found = document.getElementById('found')

if (results && form) {
  const box = form.querySelector('input[type="search"]')
  const fields = [...form.querySelectorAll('input[name], select[name]')].filter((field) => field !== box)
  const sort = new URL(location.href).searchParams.get('sort')
  let broken = false
  let waiting
  let asking
  let last = box.value.trim()

  // What could not be asked is said where the rows begin.
  results.before(found)
  remember()

  box.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(search, 200)
  })

  form.addEventListener('submit', (event) => {
    // Enter in the box while nothing else was chosen: the rows are on their way already.
    if (broken || document.activeElement !== box || fields.some((field) => field.value !== sentOf(field)))
      return
    event.preventDefault()
    event.stopPropagation()
    clearTimeout(waiting)
    void search()
  })

  async function search() {
    const words = box.value.trim()
    asking?.abort()
    results.removeAttribute('aria-busy')
    if (words === last && !broken) return
    const address = addressFor(words)
    asking = new AbortController()
    const { signal } = asking
    results.setAttribute('aria-busy', 'true')
    // Emptied first, so that the same number is read aloud once more.
    say('')
    try {
      const part = new URL(address)
      if (form.dataset.live === 'rows') part.searchParams.set('part', 'rows')
      const answer = await fetch(part, { signal, headers: { Accept: 'text/html' }, redirect: 'error' })
      if (!answer.ok) throw new Error(String(answer.status))
      const html = await answer.text()
      if (signal.aborted) return
      show(html)
      last = words
      broken = false
      history.replaceState(history.state, '', address)
      remember()
      // Whoever changes the language now is to see the same rows.
      for (const next of document.querySelectorAll('form[action="/language"] input[name="next"]'))
        next.value = address.pathname + address.search
    } catch {
      // Signed out meanwhile, or the line is gone: what was typed is still there, and Enter sends the form as ever.
      if (signal.aborted) return
      broken = true
      say(found.dataset.failed, true)
    } finally {
      if (!signal.aborted) results.removeAttribute('aria-busy')
    }
  }

  function show(html) {
    const answer = new DOMParser().parseFromString(html, 'text/html')
    results.replaceChildren(...(answer.getElementById('results') ?? answer.body).childNodes)
    const said = ['[data-count]', '.empty p'].map((place) => results.querySelector(place)?.textContent.trim())
    say(said.filter(Boolean).join('. '))
    results.dispatchEvent(new Event('rows', { bubbles: true }))
  }

  function say(text, seen = false) {
    found.className = seen ? 'notice wait' : 'unseen'
    found.textContent = text
  }

  function addressFor(words) {
    const address = new URL(form.getAttribute('action'), location.href)
    // What is chosen but not sent yet waits for its button.
    for (const field of fields)
      if (field.name !== 'sort' && sentOf(field)) address.searchParams.append(field.name, sentOf(field))
    if (sort) address.searchParams.set('sort', sort)
    if (words) address.searchParams.set(box.name, words)
    return address
  }

  /** As the page came, whatever a browser has filled in since. */
  function sentOf(field) {
    if (!field.options) return field.defaultValue
    return (
      ([...field.options].find(({ defaultSelected }) => defaultSelected) ?? field.options[0])?.value ?? ''
    )
  }

  /** Where one was in the list, for the way back from one of its records (tilsyn.js). */
  function remember() {
    if (form.dataset.live !== 'rows') return
    const lists = JSON.parse(sessionStorage.getItem('lists') ?? '{}')
    const title = document.querySelector('h1').textContent.trim()
    lists[location.pathname] = location.search
    sessionStorage.setItem('lists', JSON.stringify({ ...lists, last: { path: location.pathname, title } }))
  }
}

// What unfolds above the rows is closed by Escape, and by what is done elsewhere.
document.addEventListener('keydown', (event) => {
  const open = event.key === 'Escape' && event.target.closest('.list-more details[open]')
  if (!open) return
  open.open = false
  open.querySelector('summary').focus()
})
document.addEventListener('click', ({ target }) => {
  for (const open of document.querySelectorAll('.list-more details[open]'))
    if (!open.contains(target)) open.open = false
})
