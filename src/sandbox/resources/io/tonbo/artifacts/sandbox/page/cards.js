// Workspaces and MountSessions, a card each.
import { html, nothing } from '/lib/lit-html.js';
import { repeat } from '/lib/directives/repeat.js';
import { guard } from '/lib/directives/guard.js';
import { ago, clock, link, now, until, withCode, withCommands } from '/words.js';
import { renewalBar } from '/renewal.js';

const SIGNS = { READY: '✓', RECONCILING: '↻', STALLED: '✕', SUSPENDED: 'Ⅱ', TERMINATING: '−', NEW: '…' };
const STANDINGS = {
  READY: null,
  RECONCILING: 'Reconciling',
  STALLED: 'Stalled',
  SUSPENDED: 'Suspended',
  TERMINATING: 'Being deleted',
  NEW: null,
};

/** @param {{objects: object[], focus: ?string, complete: boolean, loading: boolean}} view what to show */
export function objectsPanel(view) {
  // Ages, countdowns and bars move by the second, all else of a card only with its object.
  const second = Math.floor(now() / 1000);
  return html`
    <section id="objects" class="panel" aria-labelledby="objects-title" tabindex="0">
      <div class="panel-head">
        <h2 id="objects-title">Workspaces and MountSessions</h2>
        ${view.focus ? html`<a class="button" href="#" >Show all</a>` : nothing}
      </div>
      ${view.objects.length === 0 ? html`<p class="empty">${nobody(view)}</p>` : nothing}
      <div class="cards">${repeat(view.objects, (each) => each.id, (each) => html`
        ${guard([each, each.id === view.focus, second], () => card(each, each.id === view.focus))}`)}</div>
    </section>`;
}

function nobody(view) {
  if (view.loading) {
    return 'Waiting for the sandbox.';
  }
  if (!view.complete) {
    return 'Waiting for the Kubernetes API.';
  }
  return view.focus
    ? html`There is no ${view.focus} at the moment.`
    : html`There is none yet. Apply one, or provoke a trouble.`;
}

/** What the chip says of condition Ready. */
export const readiness = (card) => ({ True: 'Ready', False: 'Not ready', Unknown: 'Unknown' })[card.ready];

/** The state in a word, a sign and a colour. */
export function chip(card) {
  const tone = { READY: 'good', STALLED: 'bad', RECONCILING: card.ready === 'True' ? 'good' : 'busy', NEW: 'busy' }[card.standing]
    ?? 'idle';
  return html`<span class="chip ${tone}"><span aria-hidden="true">${SIGNS[card.standing]}</span>
    ${readiness(card)} <span class="reason">${card.reason}</span></span>`;
}

function card(each, focused) {
  const titleId = `title-${each.id.replaceAll('/', '-')}`;
  const beside = STANDINGS[each.standing];
  return html`
    <article class="card ${each.standing.toLowerCase()} ${focused ? 'focused' : ''}" data-id=${each.id}
        data-ready=${each.ready} data-reason=${each.reason} data-problem=${each.problem?.reason ?? nothing} aria-labelledby=${titleId}>
      <header>
        <h3 id=${titleId}>${link(each.id, html`<span class="kind">${each.kind}</span> ${each.name}`)}</h3>
        <span class="age">${each.namespace === 'default' ? '' : `${each.namespace}, `}${ago(each.createdAt)}</span>
      </header>
      <p class="chips">${chip(each)}${beside ? html`<span class="chip plain">${beside}</span>` : nothing}
        ${each.problem ? html`<span class="chip plain ${each.problem.severity === 'Error' ? 'bad' : 'warn'}">${each.problem.severity}</span>` : nothing}
      </p>
      ${each.problem ? problem(each) : html`<p class="message">${withCommands(each.message)}</p>`}
      ${each.renewal ? renewalBar(each.renewal) : nothing}
      ${next(each.next)}
      <details ?open=${focused}>
        <summary>Conditions and fields<span class="unseen"> of ${each.kind} ${each.name}</span></summary>
        ${conditions(each)}
        <dl class="facts">${each.facts.map((fact) => html`<div><dt>${fact.label}</dt><dd>${fact.value}</dd></div>`)}</dl>
      </details>
    </article>`;
}

function problem(each) {
  const trouble = each.problem;
  const answered = [trouble.httpStatus ? `HTTP ${trouble.httpStatus}` : null, trouble.code].filter(Boolean).join(' ');
  return html`
    ${trouble.reason === each.reason ? nothing : html`<p class="message">${withCommands(each.message)}</p>`}
    <p class="message">${trouble.reason === each.reason ? nothing : html`<b>${trouble.reason}</b>: `}${trouble.message}
      <span class="small">${answered ? html`<code>${answered}</code>, ` : nothing}since ${clock(trouble.firstSeen)}${trouble.requestId
        ? html`, request <code>${trouble.requestId}</code>` : nothing}</span></p>
    <div class="hint"><h4>What to do</h4><div class="hint-text">${withCommands(trouble.hint)}</div></div>
    ${trouble.operatorDoes ? html`<p class="does"><b>The operator:</b> ${trouble.operatorDoes}</p>` : nothing}`;
}

function next(step) {
  return html`<p class="next"><b>Next:</b> ${step.what}${step.at
    ? html` ${step.about ? 'about' : 'at'} ${clock(step.at)} <span class="countdown">(${until(step.at)})</span>` : nothing}${step.sooner
    ? html`; at once on ${step.sooner}` : nothing}</p>`;
}

function isSaidAbove(row, each) {
  return row.message === each.message || (each.problem !== null && row.message.startsWith(each.problem.hint));
}

function conditions(each) {
  if (each.conditions.length === 0) {
    return nothing;
  }
  return html`
    <table class="conditions">
      <caption class="unseen">Conditions of ${each.kind} ${each.name}</caption>
      <thead><tr><th scope="col">Condition</th><th scope="col">Status</th><th scope="col">Reason</th><th scope="col">Since</th></tr></thead>
      <tbody>${each.conditions.map((row) => html`
        <tr><th scope="row">${row.type}</th><td>${row.status}</td><td>${row.reason}</td><td>${clock(row.since)}</td></tr>
        ${isSaidAbove(row, each) ? nothing : html`<tr class="said"><td colspan="4">${withCode(row.message)}</td></tr>`}`)}
      </tbody>
    </table>`;
}
