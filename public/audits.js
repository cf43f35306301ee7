// From control to control by keyboard: j the next, k the one before, n the next without a result. Never while somebody types.
const links = [...document.querySelectorAll('a[data-key]')]
const told = document.querySelector('[data-keys]')
if (told && matchMedia('(hover: hover)').matches) told.hidden = false

// What is typed on the control is asked about before it is left: opening a finding is another form on the same page.
const changed = new Set()
let sent = null
document.addEventListener('input', ({ target }) => {
  if (target.form?.method === 'post') changed.add(target.form)
})
document.addEventListener('submit', ({ target }) => {
  sent = target
})
window.addEventListener('beforeunload', (event) => {
  if ([...changed].every((form) => form === sent)) return
  event.preventDefault()
  // Whoever stays may send it later.
  if (sent) delete sent.dataset.sent
  sent = null
})
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || changed.size > 0) return
  if (event.target.closest('input:not([type="checkbox"], [type="radio"]), textarea, select')) return
  links.find((link) => link.dataset.key === event.key)?.click()
})
