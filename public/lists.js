// Lists work without this file: the form is sent and the page comes again. With it, rows follow what is typed.

const results = document.getElementById('results')
const form = document.querySelector('form[data-live]')
const found = document.getElementById('found')

if (results && form) {
  const box = form.querySelector('input[type="search"]')
  const selects = [...form.querySelectorAll('select')]
  const before = selects.map(({ value }) => value)
  let broken = false
  let waiting
  let asking
  let last = box.value.trim()

  box.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(search, 200)
  })

  form.addEventListener('submit', (event) => {
    // Enter in the box while nothing else was chosen: the rows are on their way already.
    if (broken || document.activeElement !== box || chosen()) return
    event.preventDefault()
    event.stopPropagation()
    clearTimeout(waiting)
    void search()
  })

  async function search() {
    const words = box.value.trim()
    if (broken || words === last) return
    const address = addressFor(words)
    asking?.abort()
    asking = new AbortController()
    const { signal } = asking
    results.setAttribute('aria-busy', 'true')
    try {
      const part = new URL(address)
      part.searchParams.set('part', 'rows')
      const answer = await fetch(part, { signal, headers: { Accept: 'text/html' }, redirect: 'error' })
      if (!answer.ok) throw new Error(String(answer.status))
      const html = await answer.text()
      if (signal.aborted) return
      show(html)
      last = words
      history.replaceState(history.state, '', address)
    } catch {
      // Signed out meanwhile, or the line is gone: what was typed is still there, and Enter sends the form as ever.
      if (!signal.aborted) broken = true
    } finally {
      if (!signal.aborted) results.removeAttribute('aria-busy')
    }
  }

  function show(html) {
    const answer = new DOMParser().parseFromString(html, 'text/html')
    results.replaceChildren(...(answer.getElementById('results') ?? answer.body).childNodes)
    if (found) found.textContent = results.querySelector('[data-count]')?.textContent ?? ''
    watchSelection()
  }

  function addressFor(words) {
    const address = new URL(form.getAttribute('action'), location.href)
    // What is chosen but not sent yet waits for its button.
    for (const { name, value } of form.querySelectorAll('input[name]'))
      if (name !== box.name && value) address.searchParams.append(name, value)
    selects.forEach(({ name }, place) => {
      if (name !== 'sort' && before[place]) address.searchParams.append(name, before[place])
    })
    const sort = new URL(location.href).searchParams.get('sort')
    if (sort) address.searchParams.set('sort', sort)
    if (words) address.searchParams.set(box.name, words)
    return address
  }

  function chosen() {
    return selects.some((select, place) => select.value !== before[place])
  }
}

// How many rows are chosen, and one box that chooses all of the page.
function watchSelection() {
  const selection = document.querySelector('form[data-selection]')
  if (!selection) return
  const boxes = [...selection.querySelectorAll('input[type="checkbox"][name="ids"]')]
  const count = selection.querySelector('[data-chosen]')
  const head = selection.querySelector('th.choose')
  if (!count || !head || boxes.length === 0) return
  const all = document.createElement('input')
  all.type = 'checkbox'
  all.setAttribute('aria-label', head.textContent.trim())
  head.append(all)
  const tell = () => {
    const chosen = boxes.filter((box) => box.checked).length
    all.checked = chosen === boxes.length
    all.indeterminate = chosen > 0 && chosen < boxes.length
    count.textContent = chosen > 0 ? `${chosen} ${count.dataset.chosen}` : ''
  }
  all.addEventListener('change', () => {
    for (const box of boxes) box.checked = all.checked
    tell()
  })
  selection.addEventListener('change', tell)
  tell()
}
watchSelection()
