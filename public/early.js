// Before the page is drawn: what only works with scripts is shown, and the menu starts closed on a phone.
document.documentElement.classList.add('js')
