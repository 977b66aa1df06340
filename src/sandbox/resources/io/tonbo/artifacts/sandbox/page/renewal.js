// The life of a credential as a bar: issued, to be renewed, expired.
import { html, svg, nothing } from '/lib/lit-html.js';
import { clock, now, span, until } from '/words.js';

/** @param {object} renewal issuedAt, renewAt, expiresAt, previous */
export function renewalBar(renewal) {
  const from = Date.parse(renewal.issuedAt);
  const to = Date.parse(renewal.expiresAt);
  if (!(to > from)) {
    return nothing;
  }
  const share = (time) => Math.min(100, Math.max(0, ((time - from) / (to - from)) * 100));
  const spent = share(now());
  const due = renewal.renewAt ? share(Date.parse(renewal.renewAt)) : null;
  const over = now() >= to;
  const late = !over && due !== null && spent > due;
  const label = over ? 'The credential has expired'
    : `The credential works for another ${span(to - now(), 2)}, renewal ${renewal.renewAt ? until(renewal.renewAt) : 'unknown'}`;
  return html`
    <figure class="renewal">
      <svg class="life ${over ? 'over' : late ? 'late' : ''}" role="img" aria-label=${label} width="100%" height="14">
        ${svg`
          <rect class="track" x="0" y="4" width="100%" height="6" rx="3"></rect>
          <rect class="spent" x="0" y="4" width="${spent}%" height="6" rx="3"></rect>
          ${due === null ? nothing : svg`<line class="due" x1="${due}%" x2="${due}%" y1="0" y2="14"></line>`}`}
      </svg>
      <figcaption>
        <span>issued ${clock(renewal.issuedAt)}</span>
        ${renewal.renewAt ? html`<span class="due">renews ${clock(renewal.renewAt)}</span>` : nothing}
        <span>expires ${clock(renewal.expiresAt)}</span>
      </figcaption>
      ${renewal.previous.length === 0 ? nothing : html`
        <p class="previous">Replaced, and working until they expire:</p>
        <ul class="previous">${renewal.previous.map((each) => html`
          <li><code>${each.session}</code> ${Date.parse(each.expiresAt) > now() ? until(each.expiresAt) : 'expired'}
            (${clock(each.expiresAt)})</li>`)}</ul>`}
    </figure>`;
}
