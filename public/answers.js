// A section of a questionnaire works without this file: the form is sent and saved as a whole. With it each answer is saved as it is
// given, kept on the device while the connection is gone, and questions come and go with the answers they hang on.

const form = document.getElementById('answers')
if (form) begin()

function begin() {
  const words = form.dataset
  const outside = JSON.parse(words.outside)
  const third = new Set(words.third.split(' '))
  const countryCodes = new Map(
    [...document.querySelectorAll('#countries option')].map((option) => [
      plain(option.value),
      option.dataset.code,
    ]),
  )
  const questions = [...form.querySelectorAll('.question')].map((element) => ({
    element,
    id: element.dataset.question,
    key: element.dataset.key,
    timer: 0,
    sending: false,
    dirty: false,
    tries: 0,
  }))
  const byId = new Map(questions.map((question) => [question.id, question]))

  for (const question of questions) {
    enhance(question)
    restore(question)
  }
  showWhatApplies()

  form.addEventListener('input', (event) => {
    const question = questionOf(event.target)
    if (!question) return
    const isTyped = /^(?:text|email|tel|textarea|search|date)$/.test(event.target.type)
    changed(question, isTyped ? 900 : 0)
  })
  form.addEventListener('change', (event) => {
    const question = questionOf(event.target)
    if (!question) return
    alone(event.target)
    changed(question, 0)
    showWhatApplies()
  })
  window.addEventListener('online', () => questions.filter(({ dirty }) => dirty).forEach(save))
  // Leaving the page: what was typed a moment ago is on the device, and is sent along if the browser lets it.
  window.addEventListener('pagehide', () => {
    for (const question of questions) if (question.dirty && !question.sending) void save(question, true)
  })
  form.addEventListener('submit', () => {
    for (const question of questions) clearTimeout(question.timer)
  })

  function questionOf(target) {
    return byId.get(target.closest('.question')?.dataset.question)
  }

  // --- Saving

  function changed(question, wait) {
    if (question.element.querySelector('.conflict')) return
    question.dirty = true
    keep(question)
    clearTimeout(question.timer)
    question.timer = setTimeout(() => save(question), wait)
  }

  async function save(question, leaving = false) {
    clearTimeout(question.timer)
    if (question.sending) return
    question.sending = true
    question.dirty = false
    if (!leaving) say(question, words.saving)
    const body = fieldsOf(question)
    body.append('_csrf', form.elements.namedItem('_csrf').value)
    let answer = null
    let told = {}
    try {
      answer = await fetch(question.element.dataset.save, {
        method: 'POST',
        body,
        headers: { Accept: 'application/json' },
        redirect: 'error',
        keepalive: leaving,
      })
      told = answer.headers.get('content-type')?.includes('json') ? await answer.json() : {}
    } catch {
      answer = null
    }
    question.sending = false
    if (answer?.ok) saved(question, told)
    else if (answer === null || answer.status >= 500 || answer.status === 429) again(question)
    else refused(question, answer.status, told)
  }

  function saved(question, told) {
    question.tries = 0
    seenOf(question).value = told.version
    if (question.dirty) return void save(question)
    forget(question)
    say(question, told.said, 'good')
    question.element.querySelector('.comment-asked').hidden = !told.comment || commentOf(question) !== ''
    if (told.comment) question.element.querySelector('details.comment').open = true
    for (const level of question.element.querySelectorAll('[data-level]'))
      level.hidden = level.dataset.level !== told.evidence
    const shown = new Set(told.shown)
    // What has been answered since is for its own save to say.
    if (questions.every(({ dirty, sending }) => !dirty && !sending))
      for (const each of questions) each.element.hidden = !shown.has(each.id)
    document.querySelector('[data-progress]').textContent = told.progress
    for (const each of questions)
      if (each.element.dataset.sources?.split(' ').includes(question.id)) void refresh(each)
  }

  function again(question) {
    question.dirty = true
    keep(question)
    say(question, words.waiting, 'stop', true)
    question.tries += 1
    question.timer = setTimeout(
      () => save(question),
      Math.min(60_000, 2000 * 2 ** Math.min(question.tries, 5)),
    )
  }

  function refused(question, status, told) {
    keep(question)
    if (told.conflict) return conflict(question, told.conflict)
    const why = told.refused ?? told.problems?.join(' ')
    if (why) return say(question, words.wrong.replace('%why%', why), 'stop')
    question.dirty = true
    say(question, status === 403 || status === 404 ? words.ended : words.lost, 'stop', true)
  }

  /** Both texts, and nothing is sent before one is chosen. */
  function conflict(question, theirs) {
    const box = document.createElement('div')
    box.className = 'group warning conflict'
    box.setAttribute('role', 'alert')
    box.append(line('p', words.conflict.replace('%name%', theirs.name).replace('%at%', theirs.at)))
    const lines = theirs.lines.length > 0 ? theirs.lines : [words.nothing]
    for (const text of [...lines, theirs.comment].filter(Boolean)) box.append(line('p', text, 'said'))
    const mine = button(words.mine, () => {
      box.remove()
      seenOf(question).value = theirs.version
      void save(question)
    })
    const other = button(words.theirs, () => {
      box.remove()
      forget(question)
      void refresh(question)
    })
    const actions = document.createElement('p')
    actions.className = 'actions'
    actions.append(mine, ' ', other)
    box.append(actions)
    question.element.querySelector('.conflict')?.remove()
    question.element.querySelector('.eyebrow').after(box)
    say(question, '')
  }

  /** The question as the server has it now: rows that hang on other answers, files, what a colleague wrote. */
  async function refresh(question) {
    try {
      const answer = await fetch(location.pathname, { redirect: 'error' })
      if (!answer.ok || question.dirty || question.sending) return
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const fresh = page.getElementById(question.element.id)
      if (!fresh) return
      question.element.replaceWith(fresh)
      question.element = fresh
      enhance(question)
      showWhatApplies()
    } catch {
      // It stands there as it did; a save tells what is wrong.
    }
  }

  // --- On the device, while it is not saved

  function placeOf(question) {
    return `tilsyn-answers ${words.scope} ${question.id}`
  }

  function keep(question) {
    try {
      const fields = [...fieldsOf(question)]
      localStorage.setItem(placeOf(question), JSON.stringify({ fields }))
    } catch {
      // No room, or the browser keeps nothing: saving goes on.
    }
  }

  function forget(question) {
    try {
      localStorage.removeItem(placeOf(question))
    } catch {
      // As above.
    }
  }

  function restore(question) {
    let kept = null
    try {
      kept = JSON.parse(localStorage.getItem(placeOf(question)))
    } catch {
      return
    }
    if (!kept?.fields || question.element.querySelector('.conflict')) return
    const given = new Map()
    for (const [name, value] of kept.fields) given.set(name, [...(given.get(name) ?? []), value])
    const rows = kept.fields.map(([name]) => Number(/\[(\d+)\]\[/.exec(name)?.[1] ?? -1))
    while (rowsOf(question).length > 0 && rowsOf(question).length <= Math.max(...rows)) addRow(question)
    for (const control of controlsOf(question)) {
      const values = given.get(control.name) ?? []
      if (control.type === 'checkbox' || control.type === 'radio')
        control.checked = values.includes(control.value)
      else if (values.length > 0) control.value = values[0]
    }
    question.redraw?.()
    say(question, words.restored)
    question.dirty = true
    void save(question)
  }

  // --- The form

  function controlsOf(question) {
    return [...question.element.querySelectorAll('input, select, textarea')].filter(
      ({ name }) =>
        name === question.key || name.startsWith(`${question.key}[`) || name.startsWith(`${question.key}__`),
    )
  }

  function fieldsOf(question) {
    const body = new URLSearchParams()
    for (const control of controlsOf(question)) {
      if ((control.type === 'checkbox' || control.type === 'radio') && !control.checked) continue
      if (/__(?:conflict|choose)$/.test(control.name)) continue
      body.append(control.name, control.value)
    }
    return body
  }

  function seenOf(question) {
    return form.elements.namedItem(`${question.key}__seen`)
  }

  function commentOf(question) {
    return form.elements.namedItem(`${question.key}__comment`).value.trim()
  }

  function say(question, text, tone = '', retry = false) {
    const place = question.element.querySelector('[data-saved]')
    place.textContent = text
    place.className = `small saved ${tone || 'muted'}`
    if (retry)
      place.append(
        ' ',
        button(words.retry, () => save(question), 'plain'),
      )
  }

  function enhance(question) {
    const { element } = question
    const attach = element.querySelector('.attach')
    attach?.addEventListener('click', () => clearTimeout(question.timer))
    const countries = element.querySelector('[data-countries] textarea')
    if (countries) question.redraw = chooseCountries(countries, words)
    element.querySelector('.add-row')?.addEventListener('click', (event) => {
      event.preventDefault()
      addRow(question).querySelector('input')?.focus()
    })
  }

  function rowsOf(question) {
    return [...question.element.querySelectorAll('fieldset.row')]
  }

  function addRow(question) {
    const rows = rowsOf(question)
    const last = rows.at(-1)
    const at = rows.length
    const fresh = last.cloneNode(true)
    fresh.querySelector('legend').textContent = last
      .querySelector('legend')
      .textContent.replace(/\d+/, at + 1)
    for (const control of fresh.querySelectorAll('input')) {
      const id = control.id
      control.name = control.name.replace(/\[\d+\]/, `[${at}]`)
      control.id = id.replace(/-\d+-([^-]*)$/, `-${at}-$1`)
      control.value = ''
      fresh.querySelector(`label[for="${CSS.escape(id)}"]`)?.setAttribute('for', control.id)
    }
    last.after(fresh)
    return fresh
  }

  /** 'None of these' stands alone. */
  function alone(target) {
    if (target.type !== 'checkbox' || !target.checked) return
    const others = [...target.closest('fieldset').querySelectorAll('input[type=checkbox]')]
    const only = (target.closest('.question').dataset.exclusive ?? '').split(' ')
    for (const other of others)
      if (other !== target && (only.includes(target.value) || only.includes(other.value)))
        other.checked = false
  }

  // --- What applies: as src/question-sets/rules/visible.ts has it; the server's word counts once an answer is saved

  function showWhatApplies() {
    const known = new Map()
    const shows = (id) => {
      if (!byId.has(id)) return true
      if (known.has(id)) return known.get(id)
      known.set(id, false)
      const { show } = byId.get(id).element.dataset
      known.set(id, show === undefined || holds(JSON.parse(show)))
      return known.get(id)
    }
    const valuesOf = (id) => {
      const question = byId.get(id)
      if (!question) {
        const value = outside[id]
        return value === null || value === undefined
          ? []
          : value.byCountry
            ? Object.keys(value.byCountry)
            : [value].flat()
      }
      if (!shows(id)) return []
      return controlsOf(question)
        .filter(
          ({ name, type, checked }) => name === question.key && (!/checkbox|radio/.test(type) || checked),
        )
        .flatMap(({ value, dataset }) => (dataset.codes === undefined ? [value] : dataset.codes.split(' ')))
        .filter((value) => value !== '')
    }
    const holds = (condition) => {
      if (condition.any) return condition.any.some(holds)
      if (condition.all) return condition.all.every(holds)
      const values = valuesOf(condition.q)
      if (values.length === 0) return false
      if (condition.in) return values.every((value) => condition.in.includes(value))
      if (condition.notIn) return !values.some((value) => condition.notIn.includes(value))
      if (condition.anyOf) return values.some((value) => condition.anyOf.includes(value))
      if (condition.hasThirdCountry) return values.some((value) => third.has(value))
      const number = Number(String(values[0]).replace(',', '.'))
      return condition.gt === undefined ? number < condition.lt : number > condition.gt
    }
    for (const { id, element } of questions) element.hidden = !shows(id)
  }

  /** Countries as a list one adds to and takes from; the field itself stays, and is what is saved. */
  function chooseCountries(field, texts) {
    const list = document.createElement('ul')
    list.className = 'chips chosen'
    const input = document.createElement('input')
    input.setAttribute('list', 'countries')
    input.setAttribute('aria-label', `${field.labels[0].textContent.trim()}: ${texts.search}`)
    input.placeholder = texts.search
    input.autocomplete = 'off'
    const row = document.createElement('div')
    row.className = 'chips-add'
    row.append(input, button(texts.add, add))
    const names = () =>
      field.value
        .split(/[;,\n]/)
        .map((name) => name.trim())
        .filter(Boolean)
    const draw = () => {
      field.dataset.codes = names()
        .map((name) => countryCodes.get(plain(name)) ?? '')
        .filter(Boolean)
        .join(' ')
      list.replaceChildren(
        ...names().map((name) => {
          const item = document.createElement('li')
          const remove = button('×', () => put(names().filter((other) => other !== name)), 'plain')
          remove.setAttribute('aria-label', texts.remove.replace('%name%', name))
          item.append(name, ' ', remove)
          return item
        }),
      )
    }
    const put = (all) => {
      field.value = all.join(', ')
      draw()
      field.dispatchEvent(new Event('change', { bubbles: true }))
    }
    function add() {
      const name = input.value.trim()
      if (name === '') return
      input.value = ''
      if (!names().includes(name)) put([...names(), name])
      input.focus()
    }
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return
      event.preventDefault()
      add()
    })
    input.addEventListener('input', (event) => event.stopPropagation())
    input.addEventListener('change', (event) => {
      event.stopPropagation()
      if (countryCodes.has(plain(input.value))) add()
    })
    field.hidden = true
    field.before(list, row)
    draw()
    return draw
  }
}

function plain(name) {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f.]/g, '')
    .trim()
}

function line(kind, text, name = '') {
  const element = document.createElement(kind)
  element.textContent = text
  if (name) element.className = name
  return element
}

function button(text, act, name = 'second') {
  const element = line('button', text, name)
  element.type = 'button'
  element.addEventListener('click', act)
  return element
}
