'use strict';
// What holds for every page. Each check looks at an open page and returns its complaints, one line each; none: all well.

const fs = require('fs');
const { axe } = require('./browser');

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 360, height: 740 };
const ZOOMED = { width: 640, height: 450 }; // 200 % of 1280
const axeSource = fs.readFileSync(axe, 'utf8');

// ---- the document ----

function lookAtDocument() {
	const wrong = [];
	const all = (selector) => [...document.querySelectorAll(selector)];
	const one = (selector, what) => {
		const n = all(selector).length;
		if (n !== 1) wrong.push(`${n} of ${what}`);
	};
	one('h1', 'h1');
	one('main#main', 'main');
	one('body > header', 'header');
	one('body > footer', 'footer');
	if (document.documentElement.lang !== 'en') wrong.push(`lang is ${document.documentElement.lang}`);
	if (!/^\S.* · aismm$/.test(document.title)) wrong.push(`the title is “${document.title}”`);
	if (document.doctype === null) wrong.push('no doctype');
	const ids = new Set();
	for (const e of all('[id]')) {
		if (ids.has(e.id)) wrong.push(`two elements have the id ${e.id}`);
		ids.add(e.id);
	}
	const names = ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'popovertarget', 'list', 'form'];
	for (const name of names)
		for (const e of all(`[${name}]`))
			for (const id of e.getAttribute(name).split(/\s+/))
				if (!ids.has(id)) wrong.push(`${name} of ${e.tagName.toLowerCase()} names ${id}, which is not here`);
	for (const e of all('a[href^="#"]'))
		if (!ids.has(decodeURIComponent(e.hash.slice(1)))) wrong.push(`a link to ${e.hash}, which is not here`);
	for (const e of all('*'))
		for (const { name } of e.attributes)
			if (name === 'style' || /^on/.test(name)) wrong.push(`${e.tagName.toLowerCase()} has the attribute ${name}`);
	for (const e of all('a[href],form[action]')) {
		const to = e.getAttribute('href') || e.getAttribute('action');
		if (/^\s*(javascript|data|vbscript):/i.test(to)) wrong.push(`${to}: an address that runs`);
	}
	for (const e of all('script:not([src]),style')) wrong.push(`${e.tagName.toLowerCase()} with its content inside`);
	for (const form of all('form[method=post]')) {
		const free = form.action.includes('/sign-in') || form.action.endsWith('/welcome');
		if (!free && !form.querySelector('input[type=hidden][name=csrf][value]'))
			wrong.push(`the form to ${form.getAttribute('action')} has no token`);
	}
	return wrong;
}

async function documentOf(page) {
	return page.evaluate(lookAtDocument);
}

// ---- axe ----

// rules: only these; without them all of WCAG 2.2 A and AA, and good practice.
async function accessible(page, rules) {
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
	const found = await page.evaluate(async (only) => {
		const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
		const runOnly = only ? { type: 'rule', values: only } : { type: 'tag', values: tags };
		const result = await window.axe.run(document, { runOnly, resultTypes: ['violations'] });
		return result.violations.flatMap((rule) =>
			rule.nodes.slice(0, 5).map((node) => {
				const why = [...node.any, ...node.all, ...node.none].map((one) => one.message).join('; ');
				return `axe ${rule.id} (${rule.nodes.length}): ${node.target.join(' ')}: ${why || rule.help}`;
			}),
		);
	}, rules);
	return found;
}

// ---- room ----

// Texts of users stay inside of the box they stand in, and what is stuck to an edge leaves room for the rest.
function lookForSpill() {
	const wrong = new Set();
	const words = (e) => `“${e.textContent.trim().slice(0, 20)}”`;
	for (const e of document.querySelectorAll('.user')) {
		let box = e.parentElement;
		while (getComputedStyle(box).display === 'inline') box = box.parentElement;
		const [inner, outer] = [e.getBoundingClientRect(), box.getBoundingClientRect()];
		if (e.checkVisibility() && (inner.right > outer.right + 2 || inner.left < outer.left - 2))
			wrong.add(`${words(e)} stands out of ${box.tagName.toLowerCase()}.${box.className}`);
	}
	for (const e of document.querySelectorAll('th, td'))
		if (getComputedStyle(e).position === 'sticky' && e.offsetWidth > document.documentElement.clientWidth * 0.6)
			wrong.add(`${words(e)} is stuck, and ${e.offsetWidth} wide`);
	return [...wrong];
}

function lookForOverflow() {
	const most = document.documentElement.clientWidth;
	if (document.scrollingElement.scrollWidth <= most) return [];
	const within = (e) => {
		for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
			if (getComputedStyle(p).overflowX !== 'visible' && p.getBoundingClientRect().right <= most + 1) return true;
		return false;
	};
	const wide = [...document.body.querySelectorAll('*')]
		.filter((e) => e.getBoundingClientRect().right > most + 1 && !within(e))
		.slice(0, 6)
		.map((e) => {
			const classes = (e.getAttribute('class') || '').trim().replace(/\s+/g, '.');
			return `${e.tagName.toLowerCase()}${classes && `.${classes}`} to ${Math.round(e.getBoundingClientRect().right)}`;
		});
	return [`the page is ${document.scrollingElement.scrollWidth} wide, and ${most} is there: ${wide.join(', ')}`];
}

async function fits(page) {
	return [...(await page.evaluate(lookForOverflow)), ...(await page.evaluate(lookForSpill))];
}

// ---- preferences ----

// With reduced motion (which everything() asks for) nothing moves.
async function still(page) {
	return page.evaluate(() => {
		const moving = new Set();
		for (const e of document.querySelectorAll('*'))
			for (const part of [null, '::before', '::after']) {
				const style = getComputedStyle(e, part);
				const name = `${e.tagName.toLowerCase()}.${e.getAttribute('class') || ''}`;
				if (style.transitionDuration.split(',').some((d) => parseFloat(d) > 0)) moving.add(`${name}: a transition`);
				if (style.animationName !== 'none') moving.add(`${name}: an animation`);
			}
		return [...moving].map((text) => `reduced motion: ${text}`);
	});
}

// With the colours of the system cells and chips keep their edges, and the numeral says what the colour said. Boxes to
// tick and buttons to choose are drawn by the system, edge and all.
async function edged(page) {
	await page.emulateMedia({ forcedColors: 'active' });
	const found = await page.evaluate(() => {
		const bare = new Set();
		for (const e of document.querySelectorAll('.cell, .lv, .pill, .btn, input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea')) {
			const style = getComputedStyle(e);
			const shown = e.checkVisibility() && style.opacity !== '0' && !e.classList.contains('bare');
			if (shown && (style.borderTopStyle === 'none' || parseFloat(style.borderTopWidth) < 1))
				bare.add(`forced colours: ${e.tagName.toLowerCase()}.${e.getAttribute('class')} has no border`);
		}
		return [...bare];
	});
	await page.emulateMedia({ forcedColors: null });
	return found;
}

// On paper: no navigation, no form, dark ink, and the words of the page.
async function printed(page) {
	await page.emulateMedia({ media: 'print' });
	const wrong = await page.evaluate(() => {
		const bad = [];
		for (const e of document.querySelectorAll('.bar, .spine, form, .btn, .skip'))
			if (e.checkVisibility()) bad.push(`print: ${e.tagName.toLowerCase()}.${e.getAttribute('class')} is shown`);
		const light = (colour) => colour.match(/\d+/g).slice(0, 3).every((n) => Number(n) > 240);
		const paper = getComputedStyle(document.body).backgroundColor;
		if (!light(paper)) bad.push(`print: the paper is ${paper}`);
		if (!document.querySelector('h1').checkVisibility()) bad.push('print: the heading is gone');
		return [...new Set(bad)];
	});
	const sheets = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g);
	await page.emulateMedia({ media: null });
	if (!sheets || sheets.length > 80) wrong.push(`print: ${sheets ? sheets.length : 0} sheets`);
	return wrong;
}

// ---- all together ----

// Opens the address and checks it in all widths, and unless `content` is all that differs from a page that was checked, in all
// themes and preferences. -> complaints, with the address before each.
async function everything(page, address, { content = false } = {}) {
	const found = [];
	const say = async (where, work) => {
		for (const text of await work) found.push(`${address} ${where}: ${text}`);
	};
	await page.setViewportSize(WIDE);
	// Reduced motion, or colours would be measured on their way from one theme to the other.
	await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
	const answer = await page.goto(address);
	if (answer.status() !== 200) return [`${address}: ${answer.status()}`];
	await say('document', documentOf(page));
	await say('wide', fits(page));
	await say('wide, light', accessible(page));
	if (content) {
		await page.setViewportSize(NARROW);
		await say('narrow', fits(page));
		await page.setViewportSize(ZOOMED);
		await say('200 % zoom', fits(page));
		await page.setViewportSize(WIDE);
		return found;
	}
	// What axe finds in another theme can only be a matter of colour.
	await page.emulateMedia({ colorScheme: 'dark' });
	await say('wide, dark', accessible(page, ['color-contrast', 'link-in-text-block']));
	await page.setViewportSize(NARROW);
	await say('narrow', fits(page));
	await say('narrow, dark', accessible(page, ['color-contrast', 'link-in-text-block']));
	await page.emulateMedia({ colorScheme: 'light' });
	await say('narrow, light', accessible(page));
	await page.setViewportSize(ZOOMED);
	await say('200 % zoom', fits(page));
	await page.setViewportSize(WIDE);
	await say('still', still(page));
	await say('edges', edged(page));
	await say('paper', printed(page));
	return found;
}

module.exports = { WIDE, NARROW, documentOf, accessible, fits, still, edged, everything };
