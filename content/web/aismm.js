// What makes the pages quicker to use. Everything works without it.
'use strict';
(function () {
  // Where letters are written; on a radio button or a box they are keys like anywhere else.
  const field = (e) => e.target.closest('input:not([type=radio],[type=checkbox],[type=file]),textarea,select,[contenteditable]') !== null;
  const keysOff = () => document.documentElement.dataset.keys === 'off';

  // htmx sends the token of the session with everything that changes something.
  document.addEventListener('htmx:configRequest', function (e) {
    const token = document.querySelector('meta[name=csrf]');
    if (token) e.detail.headers['X-CSRF-Token'] = token.content;
  });
  // The answer to a refusal is shown where the answer would have been.
  document.addEventListener('htmx:beforeSwap', function (e) {
    if (e.detail.xhr.status >= 400 && e.detail.xhr.status !== 401) e.detail.shouldSwap = true;
    if (e.detail.xhr.status === 401) location.reload();
  });

  // ---- single keys; the account can switch them off ----
  const places = { p: '/', a: '/assess', u: '/units', e: '/evidence', r: '/review', h: '/help' };
  let going = 0;
  function go(path) {
    const tab = Array.from(document.querySelectorAll('.nav a')).find((a) => a.pathname.replace(/^\/demo(?=\/)/, '') === path);
    location.href = tab ? tab.href : path;
  }
  function single(e) {
    if (going && Date.now() - going < 1200 && places[e.key]) {
      going = 0;
      go(places[e.key]);
      return true;
    }
    going = 0;
    if (e.key === '/') {
      const find = document.getElementById('find-text') || document.getElementById('find');
      if (!find) return false;
      if (find.tagName === 'A') location.href = find.href + '#find-text';
      else find.focus();
      return true;
    }
    if (e.key === 'g') {
      going = Date.now();
      return true;
    }
    if (e.key === '?') {
      const keys = document.getElementById('bar-keys');
      if (!keys || !keys.showPopover) return false;
      keys.togglePopover();
      return true;
    }
    const button = document.querySelector('[data-key~="' + CSS.escape(e.key.toLowerCase()) + '"]');
    if (!button || button.disabled) return false;
    button.click();
    const counts = button.value === 'count' && button.form.elements.yes;
    if (counts) counts.select();
    else if (button.matches('input')) button.focus();
    return true;
  }

  // ---- cells of a map: arrows move between them ----
  function arrows(e) {
    const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    const step = steps[e.key];
    const cell = e.target.closest && e.target.closest('a.cell');
    if (!step || !cell) return false;
    const td = cell.closest('td');
    let row = td.parentElement;
    let column = td.cellIndex + step[1];
    if (step[0]) {
      const rows = Array.from(row.closest('table').querySelectorAll('tr')).filter((r) => r.querySelector('a.cell'));
      row = rows[rows.indexOf(row) + step[0]];
    }
    const to = row && row.cells[column] && row.cells[column].querySelector('a.cell');
    if (!to) return false;
    to.focus();
    return true;
  }

  document.addEventListener('keydown', function (e) {
    if (e.ctrlKey && e.key === 'Enter') {
      const form = e.target.closest && e.target.closest('form[data-quick]');
      if (form) {
        e.preventDefault();
        form.requestSubmit(form.querySelector('[data-next]') || undefined);
      }
      return;
    }
    if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented) return;
    if (arrows(e) || (!field(e) && !keysOff() && single(e))) e.preventDefault();
  });

  // ---- files that are dropped or pasted go where a file can be chosen ----
  function give(drop, files) {
    const input = drop.querySelector('input[type=file]');
    if (!input || !files.length) return;
    const all = new DataTransfer();
    for (const f of files) all.items.add(f);
    input.files = all.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }
  document.addEventListener('dragover', function (e) {
    const drop = e.target.closest && e.target.closest('.drop');
    if (!drop) return;
    e.preventDefault();
    drop.classList.add('over');
  });
  document.addEventListener('dragleave', function (e) {
    const drop = e.target.closest && e.target.closest('.drop');
    if (drop) drop.classList.remove('over');
  });
  document.addEventListener('drop', function (e) {
    const drop = e.target.closest && e.target.closest('.drop');
    if (!drop) return;
    e.preventDefault();
    drop.classList.remove('over');
    give(drop, e.dataTransfer.files);
  });
  document.addEventListener('paste', function (e) {
    const drop = document.querySelector('.drop');
    if (drop && e.clipboardData && e.clipboardData.files.length) give(drop, e.clipboardData.files);
  });
  document.addEventListener('change', function (e) {
    if (!e.target.matches || !e.target.matches('.drop input[type=file]')) return;
    const names = Array.from(e.target.files, (f) => f.name).join(', ');
    const shown = e.target.closest('.drop').querySelector('[data-chosen]');
    if (shown) shown.textContent = names;
  });

  // ---- what is written stays in this browser until it is saved ----
  // A draft is of a person, an objective and a unit, and remembers which answer it was written over: docs/decisions/0023.
  const person = document.querySelector('meta[name=user]');
  const draftsOf = 'draft ' + (person ? person.content : '') + ' ';
  const draftKey = (form) => draftsOf + form.dataset.draft;
  const clock = (ms) => new Date(ms).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const day = (ms) => new Date(ms).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
  function draftOf(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }
  function keepDraft(form) {
    const fields = {};
    for (const [name, value] of new FormData(form))
      if (typeof value === 'string' && !['csrf', 'expected', 'next', 'go'].includes(name)) fields[name] = value;
    const before = draftOf(draftKey(form));
    const over = before ? before.over : form.elements.expected && form.elements.expected.value;
    try {
      localStorage.setItem(draftKey(form), JSON.stringify({ at: Date.now(), over, fields }));
      return true;
    } catch {
      return false;
    }
  }
  function dropDraft(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }
  function draftKeys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(draftsOf));
    } catch {
      return [];
    }
  }
  function say(form, text) {
    const state = form.querySelector('[data-state]');
    if (!state || state.textContent === text) return;
    state.textContent = text;
    state.classList.toggle('trouble', text.startsWith('Not saved'));
  }
  function restore(form) {
    const draft = draftOf(draftKey(form));
    if (!draft || !draft.fields) return;
    for (const [name, value] of Object.entries(draft.fields))
      for (const input of form.querySelectorAll('[name="' + CSS.escape(name) + '"]'))
        if (input.type === 'radio') input.checked = input.value === value;
        else if (!['file', 'hidden', 'checkbox'].includes(input.type)) input.value = value;
    // Whoever answered since then is shown by the server, beside this.
    if (form.elements.expected && draft.over) form.elements.expected.value = draft.over;
    say(form, 'What you wrote on ' + day(draft.at) + ' at ' + clock(draft.at) + ' is here again. It is not saved yet.');
    const discard = form.querySelector('[data-discard]');
    if (discard) discard.hidden = false;
  }
  // What a choice needs is asked for before it is sent.
  function needs(form) {
    const because = form.elements.because;
    const answer = form.elements.answer;
    if (!because || !answer) return;
    const uncounted = answer.value === 'count' && !Number(form.elements.yes.value) && !Number(form.elements.no.value);
    because.required = answer.value === 'na' || uncounted || Boolean(form.elements.override && form.elements.override.value);
  }
  document.addEventListener('input', function (e) {
    const form = e.target.closest && e.target.closest('form[data-draft]');
    if (!form) return;
    needs(form);
    say(form, keepDraft(form) ? 'Kept in this browser at ' + clock(Date.now()) + '. Not saved yet.' : 'Not saved yet. This browser keeps nothing: save before you leave.');
  });
  document.addEventListener('click', function (e) {
    if (!e.target.matches || !e.target.matches('[data-discard]')) return;
    dropDraft(draftKey(e.target.form));
    location.reload();
  });
  // What was saved is no draft any more; what was refused still is one.
  for (const done of document.querySelectorAll('[data-saved]')) dropDraft(draftsOf + done.dataset.saved);
  for (const form of document.querySelectorAll('form[data-draft]')) {
    restore(form);
    needs(form);
  }
  const waiting = draftKeys();
  for (const link of document.querySelectorAll('.queue a[href^="/assess/"]')) {
    const place = decodeURIComponent(link.pathname.split('/').pop()) + ' ' + new URL(link.href).searchParams.get('unit');
    if (waiting.includes(draftsOf + place)) link.querySelector('small').append(' · not saved yet');
  }
  const out = document.querySelector('form[action="/sign-out"]');
  if (out && waiting.length) {
    const warning = document.createElement('p');
    warning.className = 'sm';
    warning.textContent = (waiting.length === 1 ? 'One answer is' : waiting.length + ' answers are') + ' written and not saved. Signing out forgets that.';
    out.before(warning);
  }

  // ---- an answer is sent once, and sent again by itself when the server cannot be reached ----
  const AGAIN_MS = 3000;
  const MOST_MS = 20000;
  function busy(form, is) {
    for (const button of form.querySelectorAll('button:not([type=button])'))
      if (is) button.setAttribute('aria-busy', 'true');
      else button.removeAttribute('aria-busy');
  }
  function refused(form, html) {
    const box = form.querySelector('[data-refused]');
    const page = new DOMParser().parseFromString(html, 'text/html');
    const why = Array.from(page.querySelectorAll('.failure p.sub'), (p) => p.textContent);
    if (!box || !why.length) return false;
    box.textContent = 'Not saved. ' + why.join(' ');
    box.hidden = false;
    say(form, 'Not saved. What you wrote is kept in this browser.');
    return true;
  }
  // The page that the server has to say about it: signing in again, two answers.
  function sendPlainly(form, body) {
    for (const name of ['go', 'next']) {
      if (!body.has(name)) continue;
      const old = form.elements[name];
      const input = old && old.type === 'hidden' ? old : document.createElement('input');
      input.type = 'hidden';
      input.name = name;
      input.value = body.get(name);
      form.append(input);
    }
    form.submit();
  }
  async function answered(form, body, answer) {
    const to = answer.status === 201 && answer.headers.get('Location');
    if (to) {
      dropDraft(draftKey(form));
      location.assign(to);
      return;
    }
    const html = await answer.text();
    if (answer.status !== 401 && answer.status !== 409 && refused(form, html)) {
      busy(form, false);
      form.dataset.sending = '';
    } else sendPlainly(form, body);
  }
  async function send(form, body) {
    if (form.dataset.sending) return;
    form.dataset.sending = 'yes';
    busy(form, true);
    const box = form.querySelector('[data-refused]');
    if (box) box.hidden = true;
    say(form, 'Saving');
    const files = Array.from(body.values()).some((value) => typeof value !== 'string' && value.size);
    const signal = files ? undefined : AbortSignal.timeout(MOST_MS);
    let answer;
    try {
      answer = await fetch(form.action, { method: 'POST', body, headers: { 'HX-Request': 'true' }, redirect: 'manual', signal });
    } catch {
      answer = null;
    }
    if (answer && ![502, 503, 504].includes(answer.status)) return answered(form, body, answer);
    form.dataset.sending = '';
    busy(form, false);
    say(form, 'Not saved: the server cannot be reached. What you wrote is kept in this browser, and sent again by itself.');
    setTimeout(() => form.isConnected && send(form, body), AGAIN_MS);
  }
  function sendOn(form, submitter, to) {
    const body = new FormData(form, submitter && submitter.name ? submitter : undefined);
    if (to) {
      body.set('go', 'next');
      body.set('next', to);
    }
    keepDraft(form);
    send(form, body);
  }
  document.addEventListener('submit', function (e) {
    const form = e.target;
    if (form.method !== 'post' || e.defaultPrevented) return;
    if (form.matches('[data-quick]')) {
      e.preventDefault();
      sendOn(form, e.submitter);
    } else if (form.dataset.sent) {
      e.preventDefault();
    } else {
      form.dataset.sent = 'yes';
      busy(form, true);
    }
  });
  // What a filter does not say stays out of the address; on the way back it says what the list shows.
  document.addEventListener('formdata', function (e) {
    if (!e.target.matches('form.filter')) return;
    for (const [name, value] of Array.from(e.formData)) if (value === '') e.formData.delete(name);
  });
  addEventListener('pageshow', function () {
    for (const form of document.querySelectorAll('form.filter')) form.reset();
  });
  // A page that comes back from the browser's memory can be used again.
  addEventListener('pageshow', function (e) {
    if (!e.persisted) return;
    for (const form of document.forms) {
      busy(form, false);
      delete form.dataset.sent;
      delete form.dataset.sending;
    }
  });
  // Going on to another question saves this one, when it is an answer already; what is not is kept. To skip is to go on
  // without saving.
  document.addEventListener('click', function (e) {
    const link = e.target.closest && e.target.closest('.run .queue a[href^="/assess/"], .run a[data-saves]');
    const form = document.querySelector('.run form[data-draft]');
    if (!link || !form || e.defaultPrevented || e.button || e.ctrlKey || e.metaKey || e.shiftKey || !draftOf(draftKey(form)) || !form.checkValidity()) return;
    e.preventDefault();
    sendOn(form, null, link.getAttribute('href'));
  });

  // ---- a form that takes its time says how far it has come: data-progress is the address that tells ----
  document.addEventListener('submit', (e) => {
    const address = e.target.dataset.progress;
    const box = e.target.querySelector('.progress');
    if (!address || !box) return;
    setInterval(() => htmx.ajax('GET', address, { target: box, swap: 'innerHTML' }), 700);
  });

  // ---- a session ends when it is not used, and once a day; who writes uses it ----
  const MINUTE = 60000;
  const WARN = 5 * MINUTE;
  function watchSession() {
    const meta = document.querySelector('meta[name=session]');
    if (!meta) return;
    const [idle, ends] = meta.content.split(' ').map(Number);
    // Of all tabs; storage is emptied when somebody signs out.
    const used = () => Number(localStorage.getItem('used')) || 0;
    const use = () => localStorage.setItem('used', Date.now());
    const stay = () =>
      fetch('/help', { method: 'HEAD', redirect: 'manual' }).then((answer) => {
        if (answer.ok) use();
        look();
      });
    let shown = null;
    let text = '';
    function show(words, act, press) {
      if (words === text) return;
      if (shown) shown.remove();
      shown = null;
      text = words;
      if (!words) return;
      shown = document.createElement('div');
      shown.className = 'toast session';
      shown.setAttribute('role', 'alert');
      shown.append(words);
      if (act) {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'btn small';
        button.textContent = act;
        button.addEventListener('click', press);
        shown.append(button);
      }
      document.body.append(shown);
    }
    const started = Date.now();
    function look() {
      const now = Date.now();
      const left = used() + idle * MINUTE - now;
      if (left <= 0) show('Your session is over. You may go on writing: when you save, you sign in first, and nothing is lost.');
      else if (left <= WARN) show('You will be signed out in a few minutes, because nothing happens here.', 'Stay signed in', stay);
      // A clock that is wrong by hours says nothing.
      else if (ends > started && ends - now <= 2 * WARN) show('Your session ends within ten minutes. Save what you write, and sign in again.');
      else show('');
    }
    use();
    document.addEventListener('input', () => {
      if (Date.now() - used() > WARN) {
        use();
        stay();
      }
    });
    document.addEventListener('htmx:afterRequest', (e) => {
      if (e.detail.requestConfig && e.detail.requestConfig.triggeringEvent && e.detail.requestConfig.triggeringEvent.isTrusted) use();
    });
    setInterval(look, MINUTE / 6);
    document.addEventListener('visibilitychange', look);
  }
  watchSession();

  // ---- a menu of the bar or the lens opens at its button ----
  for (const button of document.querySelectorAll('.bar button[popovertarget], .lens button[popovertarget]')) {
    const menu = document.getElementById(button.getAttribute('popovertarget'));
    menu.addEventListener('toggle', function (e) {
      if (e.newState !== 'open') return;
      const at = button.getBoundingClientRect();
      const most = document.documentElement.clientWidth - menu.offsetWidth - 8;
      menu.style.inset = 'auto';
      menu.style.margin = '0';
      menu.style.top = at.bottom + 4 + 'px';
      menu.style.left = Math.max(8, Math.min(at.left, most)) + 'px';
      menu.style.maxHeight = Math.max(160, innerHeight - at.bottom - 12) + 'px';
    });
  }

  // ---- a password can be shown while it is typed ----
  for (const input of document.querySelectorAll('input[type=password]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'btn small show';
    const what = document.createElement('span');
    what.className = 'vh';
    what.textContent = ' what is typed';
    button.append('Show', what);
    button.addEventListener('click', () => {
      const hidden = input.type === 'password';
      input.type = hidden ? 'text' : 'password';
      button.firstChild.data = hidden ? 'Hide' : 'Show';
    });
    // Nothing that was shown is sent as a text that a browser remembers.
    if (input.form) input.form.addEventListener('submit', () => (input.type = 'password'));
    const box = document.createElement('span');
    box.className = 'secret';
    input.replaceWith(box);
    box.append(input, button);
    if (input.autofocus) input.focus();
  }

  // The key for searching leads to the field; whoever comes there by a link begins at the top of the page.
  const searched = document.getElementById('find-text');
  if (searched && location.hash === '#find-text') searched.focus();
})();
