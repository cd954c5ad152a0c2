/* The book's search: hides the objectives that are not asked for. Without it everything is shown. */
(() => {
	'use strict';
	const all = (selector, from = document) => [...from.querySelectorAll(selector)];
	const at = (id) => document.getElementById(id);
	const tools = at('tools'), find = at('find'), count = at('count'), clear = at('clear'), nothing = at('nothing');
	const selects = all('select', tools);
	const objectives = all('article.ob').map((element) => ({ element, text: null }));
	const groups = all('section.cat, section.domain');

	const words = () => find.value.toLowerCase().split(/\s+/).filter((word) => word);

	const fits = (objective, wanted) => {
		const data = objective.element.dataset;
		for (const select of selects) {
			const key = select.dataset.filter;
			if (select.value && !(key === 'deployment' ? data[key].split(' ').includes(select.value) : data[key] === select.value))
				return false;
		}
		if (objective.text === null)
			objective.text = objective.element.textContent.toLowerCase();
		return wanted.every((word) => objective.text.includes(word));
	};

	const apply = () => {
		const wanted = words();
		const active = wanted.length > 0 || selects.some((select) => select.value);
		let shown = 0;
		for (const objective of objectives) {
			const hit = !active || fits(objective, wanted);
			objective.element.hidden = !hit;
			shown += hit;
		}
		for (const group of groups)
			group.hidden = active && !group.querySelector('article.ob:not([hidden])');
		document.body.classList.toggle('filtering', active);
		nothing.hidden = !active || shown > 0;
		clear.hidden = !active;
		count.textContent = active ? shown + ' of ' + objectives.length : '';
	};

	const changed = () => {
		const before = document.body.classList.contains('filtering');
		apply();
		if (document.body.classList.contains('filtering'))
			at('objectives').scrollIntoView();
		else if (before)
			at('top').scrollIntoView();
	};

	const reset = () => {
		find.value = '';
		for (const select of selects)
			select.value = '';
		apply();
	};

	/* A link to something that the search has hidden ends the search. */
	const reveal = (id) => {
		const target = id && at(id);
		if (!target || !document.body.classList.contains('filtering'))
			return;
		if (target.offsetParent === null) {
			reset();
			target.scrollIntoView();
		}
	};

	find.addEventListener('input', changed);
	for (const select of selects)
		select.addEventListener('change', changed);
	clear.addEventListener('click', () => {
		reset();
		at('top').scrollIntoView();
		find.focus();
	});
	document.addEventListener('keydown', (event) => {
		const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
		if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
			event.preventDefault();
			find.focus();
			find.select();
		} else if (event.key === 'Escape' && event.target === find && find.value) {
			find.value = '';
			changed();
		}
	});
	document.addEventListener('click', (event) => {
		const link = event.target.closest && event.target.closest('a[href^="#"]');
		if (link)
			reveal(decodeURIComponent(link.hash.slice(1)));
	});
	window.addEventListener('hashchange', () => reveal(decodeURIComponent(location.hash.slice(1))));

	/* On paper every check is open. */
	let closed = [];
	window.addEventListener('beforeprint', () => {
		closed = all('details:not([open])');
		for (const one of closed)
			one.open = true;
	});
	window.addEventListener('afterprint', () => {
		for (const one of closed)
			one.open = false;
	});

	/* Where the reader is, in the contents. */
	const links = new Map(all('.spine a').map((link) => [link.hash.slice(1), link]));
	const parts = all('.chapter, section.cat');
	const place = () => {
		let here = null;
		for (const part of parts)
			if (part.offsetParent !== null && part.getBoundingClientRect().top < innerHeight / 3)
				here = part;
		for (const [id, link] of links) {
			if (here && here.id === id)
				link.setAttribute('aria-current', 'true');
			else
				link.removeAttribute('aria-current');
		}
	};
	let waiting = false;
	window.addEventListener('scroll', () => {
		if (waiting)
			return;
		waiting = true;
		requestAnimationFrame(() => {
			waiting = false;
			place();
		});
	}, { passive: true });

	tools.hidden = false;
	apply(); /* a browser may have kept what was typed */
	place();
})();
