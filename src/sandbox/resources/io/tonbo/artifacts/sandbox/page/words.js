// How the page says things: times, commands within sentences, names of objects.
import { html, nothing } from '/lib/lit-html.js';

/** Milliseconds that the server's clock is ahead of this one. */
let ahead = 0;

/** @param {string} now what the server's clock says */
export function setClock(now) {
  ahead = Date.parse(now) - Date.now();
}

/** @returns {number} milliseconds, by the server's clock */
export const now = () => Date.now() + ahead;

/** @returns {string} the day, by the server's clock: on it depends how a time is said */
export const today = () => new Date(now()).toDateString();

const UNITS = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];

/** @param {number} millis a span of time @param {number} parts how many units to name */
export function span(millis, parts = 1) {
  let rest = Math.max(0, Math.round(millis / 1000));
  const said = [];
  for (const [unit, seconds] of UNITS) {
    if (said.length < parts && (rest >= seconds || unit === 's')) {
      const count = Math.floor(rest / seconds);
      rest -= count * seconds;
      if (count > 0 || said.length === 0) {
        said.push(`${count} ${unit}`);
      }
    }
  }
  return said.join(' ');
}

// Made once: making one is what takes long.
const TIME = new Intl.DateTimeFormat([], { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const DAY = new Intl.DateTimeFormat([], { month: 'short', day: 'numeric' });

/** A time of day, the date with it when it is another one; the exact time on demand. */
export function clock(instant) {
  if (!instant) {
    return nothing;
  }
  const date = new Date(instant);
  const day = date.toDateString() === today() ? '' : `${DAY.format(date)} `;
  return html`<time datetime=${instant} title=${instant}>${day}${TIME.format(date)}</time>`;
}

/** @param {string} instant a time that has passed */
export const ago = (instant) => (instant ? `${span(now() - Date.parse(instant))} ago` : '');

/** @param {string} instant a time to come */
export function until(instant) {
  const left = Date.parse(instant) - now();
  return left > 500 ? `in ${span(left, 2)}` : 'now';
}

/** The link that shows one object alone. */
export const link = (id, text) => html`<a href="#${id}">${text ?? named(id)}</a>`;

/** @param {string} id such as workspace/default/data */
export function named(id) {
  const [kind, namespace, name] = id.split('/');
  const said = kind === 'mountsession' ? 'MountSession' : 'Workspace';
  return `${said} ${namespace === 'default' ? '' : `${namespace}/`}${name}`;
}

/** A sentence in which commands stand between backticks: each is code, and one of several words stands alone, to be copied. */
export function withCommands(text) {
  const parts = String(text ?? '').split('`');
  return parts.map((part, index) => {
    if (index % 2 === 1) {
      return part.includes(' ') ? command(part) : html`<code>${part}</code>`;
    }
    const mark = index > 0 && parts[index - 1].includes(' ') ? /^[,.;:]/.exec(part) : null;
    // Nobody looks for a comma at the start of a line, but who has it read out hears it.
    return mark ? html`<span class="unseen">${mark[0]}</span>${part.slice(1)}` : part;
  });
}

/** The same where there is no room: code within the line. */
export function withCode(text) {
  return String(text ?? '').split('`').map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`));
}

/** A path that breaks between its parts, if it has to. */
export const path = (text) => text.split('/').map((part, index) => (index === 0 ? part : html`<wbr>/${part}`));

function command(text) {
  return html`<span class="command"><code>${text}</code><button type="button" class="copy"
    aria-label="Copy the command ${text}" @click=${(event) => copy(event.currentTarget, text)}>Copy</button></span>`;
}

async function copy(button, text) {
  const before = 'Copy';
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(button.previousElementSibling);
    button.textContent = 'Selected';
  }
  setTimeout(() => { button.textContent = before; }, 2000);
}
