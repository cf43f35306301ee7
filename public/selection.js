// Rows are chosen without this file, on one page at a time. With it, what was chosen stays chosen from page to page of the list and
// while somebody searches, and one box chooses all of a page.

function watchSelection() {
  const selection = document.querySelector('form[data-selection]')
  const bar = selection?.querySelector('.selection-bar')
  const head = selection?.querySelector('th.choose')
  if (!bar || !head) return
  const { chosen, elsewhere, none } = bar.dataset
  const count = bar.querySelector('[data-count-chosen]')
  const boxes = [...selection.querySelectorAll('input[type="checkbox"][name="ids"]')]
  const list = selection.getAttribute('action')
  const references = new Set(chosenIn(list))

  const [all, phone] = [chooser(), chooser()]
  head.append(all)
  // Where rows are cards there is no head of the table to choose from.
  const label = document.createElement('label')
  label.className = 'choose-all'
  label.append(phone, ' ', head.textContent.trim())
  phone.removeAttribute('aria-label')
  selection.querySelector('.table').before(label)

  const clear = document.createElement('button')
  clear.type = 'button'
  clear.className = 'plain'
  clear.textContent = none
  bar.append(clear)

  for (const box of boxes) box.checked = references.has(box.value)
  tell()

  selection.addEventListener('change', ({ target }) => {
    if (target === all || target === phone) for (const box of boxes) box.checked = target.checked
    for (const { value, checked } of boxes) references[checked ? 'add' : 'delete'](value)
    keep()
  })
  clear.addEventListener('click', () => {
    references.clear()
    for (const box of boxes) box.checked = false
    keep()
    boxes[0]?.focus()
  })
  selection.addEventListener('submit', ({ submitter }) => {
    for (const hidden of selection.querySelectorAll('input[type="hidden"][name="ids"]')) hidden.remove()
    if (submitter?.name === 'all') return
    for (const value of others()) {
      const hidden = document.createElement('input')
      Object.assign(hidden, { type: 'hidden', name: 'ids', value })
      selection.append(hidden)
    }
  })

  function chooser() {
    const box = document.createElement('input')
    box.type = 'checkbox'
    box.setAttribute('aria-label', head.textContent.trim())
    return box
  }

  function others() {
    const here = new Set(boxes.map(({ value }) => value))
    return [...references].filter((reference) => !here.has(reference))
  }

  function keep() {
    sessionStorage.setItem(keyOf(list), JSON.stringify([...references]))
    tell()
  }

  function tell() {
    const here = boxes.filter(({ checked }) => checked).length
    const away = others().length
    for (const box of [all, phone]) {
      box.checked = boxes.length > 0 && here === boxes.length
      box.indeterminate = here > 0 && here < boxes.length
    }
    const told = away > 0 ? ` (${away} ${elsewhere})` : ''
    count.textContent = references.size > 0 ? `${references.size} ${chosen}${told}` : ''
    clear.hidden = references.size === 0
    bar.classList.toggle('chosen', references.size > 0)
  }
}

function keyOf(list) {
  return `chosen:${list}`
}

function chosenIn(list) {
  return JSON.parse(sessionStorage.getItem(keyOf(list)) ?? '[]')
}

watchSelection()
document.addEventListener('rows', watchSelection)
// What has been done to them is done: the next selection begins anew.
document
  .querySelector('form[data-chosen]')
  ?.addEventListener('submit', ({ target }) => sessionStorage.removeItem(keyOf(target.dataset.chosen)))
