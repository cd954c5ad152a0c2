// What makes the pages quicker to use. Everything works without it.
'use strict';
(function () {
  const field = (e) => e.target.closest('input,textarea,select,[contenteditable]') !== null;
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
    const tab = document.querySelector('.nav a[href^="' + path + '"]');
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
    if (button.matches('input')) button.focus();
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

  // ---- nothing that was written is lost when the page goes away ----
  function draftKey(form) {
    return 'draft ' + form.dataset.draft;
  }
  document.addEventListener('input', function (e) {
    const form = e.target.closest && e.target.closest('form[data-draft]');
    if (!form) return;
    const kept = {};
    for (const [name, value] of new FormData(form)) if (typeof value === 'string' && name !== 'csrf' && name !== 'expected') kept[name] = value;
    sessionStorage.setItem(draftKey(form), JSON.stringify(kept));
  });
  document.addEventListener('submit', function (e) {
    for (const button of e.target.querySelectorAll('button:not([type=button])')) button.setAttribute('aria-busy', 'true');
  });
  // What was saved is no draft any more; what was refused still is one.
  for (const done of document.querySelectorAll('[data-saved]')) sessionStorage.removeItem('draft ' + done.dataset.saved);
  for (const form of document.querySelectorAll('form[data-draft]')) {
    const kept = sessionStorage.getItem(draftKey(form));
    if (!kept) continue;
    for (const [name, value] of Object.entries(JSON.parse(kept)))
      for (const input of form.querySelectorAll('[name="' + CSS.escape(name) + '"]'))
        if (input.type === 'radio') input.checked = input.value === value;
        else if (!['file', 'hidden', 'checkbox'].includes(input.type)) input.value = value;
  }

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
