'use strict';
// A walk through a page by Tab.

const { yes } = require('./tap');

// In the page: remembers each element that gets the focus, and whether that can be seen.
function watchFocus() {
	const name = (e) => {
		const text = (e.getAttribute('aria-label') || e.textContent || e.name || '').trim().replace(/\s+/g, ' ');
		return `${e.tagName.toLowerCase()}${e.id && `#${e.id}`} “${text.slice(0, 40)}”`;
	};
	// An input that is laid over its label shows its focus on the label.
	const outlined = (e) =>
		[e, e.parentElement].some((one) => {
			const style = getComputedStyle(one);
			return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
		});
	const onScreen = (e) => {
		const box = e.getBoundingClientRect();
		return box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
	};
	window.reached = { elements: new Set(), wrong: [] };
	document.addEventListener('focusin', ({ target }) => {
		window.reached.elements.add(target);
		if (!outlined(target)) window.reached.wrong.push(`${name(target)} does not show its focus`);
		if (!onScreen(target)) window.reached.wrong.push(`${name(target)} has the focus outside the window`);
	});
	const usable = 'a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex]:not([tabindex="-1"])';
	window.toReach = [...document.querySelectorAll(usable)].filter(
		(e) => !e.disabled && !(e.type === 'radio' && e.name) && e.checkVisibility({ visibilityProperty: true }),
	);
	window.nameOf = name;
	return window.toReach.length;
}

// Presses Tab through all of an open page -> complaints.
async function walk(page) {
	// autofocus would have the walk begin in the middle.
	await page.evaluate(() => document.activeElement.blur());
	const stops = await page.evaluate(watchFocus);
	yes(stops > 3, `only ${stops} things can be used`);
	// A date is day, month, year and calendar: three stops more.
	const more = 3 * (await page.evaluate(() => document.querySelectorAll('input[type=date]').length));
	for (let i = 0; i < stops + more + 4; i++) await page.keyboard.press('Tab');
	return page.evaluate(() => {
		const missed = window.toReach.filter((e) => !window.reached.elements.has(e));
		return [...missed.map((e) => `${window.nameOf(e)} is not reached by Tab`), ...window.reached.wrong];
	});
}

module.exports = { walk };
