// From control to control by keyboard: j the next, k the one before, n the next without a result. Never while somebody types.
const links = [...document.querySelectorAll('a[data-key]')]
const told = document.querySelector('[data-keys]')
if (told && matchMedia('(hover: hover)').matches) told.hidden = false

let changed = false
document.addEventListener('input', () => {
  changed = true
})
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || changed) return
  if (event.target.closest('input:not([type="checkbox"], [type="radio"]), textarea, select')) return
  links.find((link) => link.dataset.key === event.key)?.click()
})
