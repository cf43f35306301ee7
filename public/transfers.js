// Shows the parts of a transfer that the chosen basis asks for. Without this file all parts are there to be opened.

function follow(row) {
  const basis = row.querySelector('select[name$="[basis]"]')
  if (!basis) return
  const parts = row.querySelectorAll('details[data-bases]')
  const show = (chosen) => {
    for (const part of parts) {
      const asked = part.dataset.bases.split(' ').includes(basis.value)
      part.hidden = !asked && !part.querySelector('.wrong')
      if (chosen && asked) part.open = true
    }
  }
  basis.addEventListener('change', () => show(true))
  show(false)
}

for (const row of document.querySelectorAll('fieldset.transfer')) follow(row)
