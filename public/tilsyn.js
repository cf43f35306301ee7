// Every page works without this file.

const menu = document.querySelector('.menu-button')
const navigation = document.getElementById('navigation')
if (menu && navigation) {
  menu.hidden = false
  menu.addEventListener('click', () => {
    const open = menu.getAttribute('aria-expanded') !== 'true'
    menu.setAttribute('aria-expanded', String(open))
    navigation.classList.toggle('open', open)
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || menu.getAttribute('aria-expanded') !== 'true') return
    menu.setAttribute('aria-expanded', 'false')
    navigation.classList.remove('open')
    menu.focus()
  })
}

// A form that came back with problems: those who listen hear them first.
document.querySelector('[data-focus]')?.focus()

// A form is sent once, however often its button is pressed.
document.addEventListener('submit', (event) => {
  const form = event.target
  // What is answered with a file leaves the page as it is: it may be asked for again.
  if (event.defaultPrevented || form.dataset.again !== undefined) return
  if (form.dataset.sent) event.preventDefault()
  form.dataset.sent = 'yes'
})
window.addEventListener('pageshow', () => {
  for (const form of document.forms) delete form.dataset.sent
})

// A file that would be refused is said to be too large before anything is sent, so that nothing that was typed is lost.
document.addEventListener('change', ({ target }) => {
  if (target.type !== 'file') return
  const { largestFile, fileTooLarge } = document.body.dataset
  const large = [...target.files].some(({ size }) => size > Number(largestFile))
  target.setCustomValidity(large ? fileTooLarge : '')
  target.reportValidity()
})

// <button data-copy="id"> copies that element's text; hidden where the browser cannot.
for (const button of document.querySelectorAll('[data-copy]')) {
  if (!navigator.clipboard) continue
  button.hidden = false
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim())
    button.textContent = button.dataset.copied
  })
}

// <button data-print> prints the page.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}

// Longer tables can be scrolled with the keyboard only where they are wider than the page.
for (const region of document.querySelectorAll('.table')) {
  if (region.scrollWidth <= region.clientWidth) region.removeAttribute('tabindex')
}

// The way back from a record leads to where one was in its list: search, filters and page, also after a change was saved.
if (document.body.classList.contains('staff')) {
  const { last, ...lists } = JSON.parse(sessionStorage.getItem('lists') ?? '{}')
  const up = document.querySelector('.heading .back a')
  const search = up && lists[up.getAttribute('href')]
  if (search) up.search = search
  // An engagement lies below its vendor, and was found in the list of engagements.
  else if (up && last && location.pathname.startsWith(`${last.path}/`) && up.pathname !== last.path) {
    const link = document.createElement('a')
    link.href = last.path + lists[last.path]
    link.textContent = last.title
    up.after(' · ', link)
  }
} else if (document.body.classList.contains('door')) {
  // Whoever signs in next begins with nothing found and nothing chosen.
  for (const key of Object.keys(sessionStorage))
    if (key === 'lists' || key.startsWith('chosen:')) sessionStorage.removeItem(key)
}

// What can be unfolded beside a map is on paper whole: nobody can open it there.
addEventListener('beforeprint', () => {
  for (const folded of document.querySelectorAll('.map-table details:not([open])')) {
    folded.open = true
    folded.dataset.closed = ''
  }
})
addEventListener('afterprint', () => {
  for (const opened of document.querySelectorAll('.map-table details[data-closed]')) {
    opened.open = false
    delete opened.dataset.closed
  }
})
