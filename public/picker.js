// A box to choose one of many from works without this file: what was typed is looked up when the form is sent. With it, those that
// match are shown while somebody types (an editable combobox with a listbox, as WAI-ARIA describes it).

for (const field of document.querySelectorAll('[data-picker]')) pickFrom(field)

function pickFrom(field) {
  const box = field.querySelector('.pick')
  const input = box.querySelector('input')
  const list = document.createElement('ul')
  const status = document.createElement('p')
  let choices = []
  let at = -1
  let waiting
  let asking

  list.id = `${input.id}-list`
  list.className = 'pick-list'
  list.hidden = true
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', field.querySelector('label').textContent.trim())
  status.className = 'unseen'
  status.setAttribute('role', 'status')
  box.append(list, status)
  input.setAttribute('role', 'combobox')
  input.setAttribute('aria-autocomplete', 'list')
  input.setAttribute('aria-expanded', 'false')
  input.setAttribute('aria-controls', list.id)

  input.addEventListener('input', () => {
    chosen(null)
    clearTimeout(waiting)
    waiting = setTimeout(() => ask(input.value), 180)
  })
  // What is chosen already stands there in full; whoever goes on from it begins with the whole list.
  input.addEventListener('click', () => list.hidden && ask(isChosen() ? '' : input.value))
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (list.hidden) void ask(isChosen() ? '' : input.value)
      else if (choices.length > 0) mark(next(event.key === 'ArrowDown' ? 1 : -1))
    } else if (event.key === 'Enter' && !list.hidden && at >= 0) {
      event.preventDefault()
      take(at)
    } else if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault()
      close()
    } else if (event.key === 'Tab') close()
  })
  input.addEventListener('blur', close)
  // The box keeps the focus while the mouse chooses.
  list.addEventListener('mousedown', (event) => event.preventDefault())
  list.addEventListener('click', (event) => {
    const option = event.target.closest('[role="option"]')
    if (option) take([...list.children].indexOf(option))
  })

  async function ask(words) {
    clearTimeout(waiting)
    asking?.abort()
    asking = new AbortController()
    const { signal } = asking
    const address = new URL(field.dataset.picker, location.href)
    address.searchParams.set('q', words.trim())
    const other = field.dataset.with && input.form?.elements.namedItem(field.dataset.with)
    if (other) address.searchParams.set('with', other.value)
    try {
      const answer = await fetch(address, {
        signal,
        headers: { Accept: 'application/json' },
        redirect: 'error',
      })
      if (!answer.ok) throw new Error(String(answer.status))
      const found = await answer.json()
      if (signal.aborted || document.activeElement !== input) return
      choices = found.choices
      show()
      status.textContent = found.said
    } catch {
      // What was typed is still there, and is looked up when the form is sent.
      if (signal.aborted) return
      choices = []
      close()
      status.textContent = field.dataset.failed
    }
  }

  function show() {
    at = -1
    input.removeAttribute('aria-activedescendant')
    list.replaceChildren(
      ...choices.map(({ name, detail, reference }, place) => {
        const option = document.createElement('li')
        option.id = `${list.id}-${place}`
        option.setAttribute('role', 'option')
        option.setAttribute('aria-selected', 'false')
        option.append(part('strong', name), ' ', part('span', reference, 'reference muted'))
        if (detail) option.append(part('span', detail, 'pick-detail small muted'))
        return option
      }),
    )
    list.hidden = choices.length === 0
    input.setAttribute('aria-expanded', String(!list.hidden))
  }

  function part(kind, text, name = '') {
    const element = document.createElement(kind)
    element.textContent = text
    if (name) element.className = name
    return element
  }

  function next(step) {
    const many = choices.length
    return at < 0 ? (step > 0 ? 0 : many - 1) : (at + step + many) % many
  }

  function mark(place) {
    list.children[at]?.setAttribute('aria-selected', 'false')
    at = place
    const option = list.children[at]
    option.setAttribute('aria-selected', 'true')
    option.scrollIntoView({ block: 'nearest' })
    input.setAttribute('aria-activedescendant', option.id)
  }

  function take(place) {
    input.value = choices[place].text
    chosen(choices[place].text)
    close()
    status.textContent = `${field.dataset.chosen}: ${choices[place].text}`
    input.dispatchEvent(new Event('change', { bubbles: true }))
  }

  function close() {
    clearTimeout(waiting)
    asking?.abort()
    list.hidden = true
    at = -1
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-activedescendant')
  }

  function isChosen() {
    return field.querySelector('.picked') !== null
  }

  // Below the box: what was chosen, with its reference; gone as soon as something else is typed.
  function chosen(text) {
    field.querySelector('.picked')?.remove()
    field.querySelector('.offered')?.remove()
    const others = (input.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .filter((id) => id && !id.endsWith('-chosen'))
    if (text) {
      const line = part('p', '', 'picked small')
      line.id = `${input.id}-chosen`
      line.append(`${field.dataset.chosen}: `, part('strong', text))
      box.after(line)
      others.push(line.id)
    }
    if (others.length > 0) input.setAttribute('aria-describedby', others.join(' '))
    else input.removeAttribute('aria-describedby')
  }
}
