// What happened: events of the Kubernetes API, calls to the orchestrator.
import { html, nothing } from '/lib/lit-html.js';
import { repeat } from '/lib/directives/repeat.js';
import { clock, link, path, withCode } from '/words.js';

/** @param {object[]} events the newest first @param {?string} focus of which object alone */
export function eventsPanel(events, focus) {
  return html`
    <section id="events" class="panel" aria-labelledby="events-title" tabindex="0">
      <div class="panel-head"><h2 id="events-title">Events</h2><span class="count">the last ${events.length}</span></div>
      ${events.length === 0 ? html`<p class="empty">None${focus ? ' about this object' : ''} yet.</p>` : nothing}
      <ol class="events">${repeat(events, (each) => each.id, (each) => html`
        <li>
          <p>${clock(each.at)} <span class="${each.warning ? 'warning' : 'normal'}">${each.warning ? 'Warning' : 'Normal'}</span>
            <b>${each.reason}</b> ${link(each.object)}${each.count > 1 ? html` <span class="small">${each.count} times</span>` : nothing}</p>
          <p class="note ${focus ? '' : 'short'}">${withCode(each.note)}</p>
        </li>`)}</ol>
    </section>`;
}

/** @param {object[]} calls the newest first @param {number} total how many there were @param {?string} focus about which object alone */
export function callsPanel(calls, total, focus) {
  return html`
    <section id="calls" class="panel" aria-labelledby="calls-title" tabindex="0">
      <div class="panel-head"><h2 id="calls-title">Calls to the orchestrator</h2>
        <span class="count">${calls.length === total ? total : `${calls.length} of ${total}`}</span></div>
      ${calls.length === 0 ? html`<p class="empty">None${focus ? ' about this object' : ''} yet.</p>` : html`
        <table class="calls">
          <caption class="unseen">Calls to the orchestrator, the newest first</caption>
          <thead><tr><th scope="col">Time</th><th scope="col">Call</th><th scope="col">Answer</th></tr></thead>
          <tbody>${repeat(calls, (each) => each.number, call)}</tbody>
        </table>`}
    </section>`;
}

function call(each) {
  const tone = each.status >= 200 && each.status < 300 ? 'good' : 'bad';
  return html`
    <tr>
      <td>${clock(each.at)}</td>
      <td><b>${each.method}</b> ${path(each.path)}
        ${each.code ? html`<code class="code">${each.code}</code>` : nothing}
        <span class="small">${each.account ? `account ${each.account}, ` : ''}${each.requestId}</span></td>
      <td><span class="status ${tone}">${each.status === 0 ? 'none' : each.status}</span></td>
    </tr>`;
}
