import { css, html, nothing } from 'lit';

/**
 * A labelled input with its hint and its error. A function and not a component: label, input and form
 * share one root, which password managers and form data need. `value` is where typing starts: what
 * somebody typed since is the browser's and survives every rendering.
 */
export function field({ name, label, error = '', hint = '', type = 'text', value = '', tall = false, ...rules }) {
  const told = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  const shared = { name, error, told, value, ...rules };
  return html`<div class="field">
    <label for=${name}>${label}</label>
    ${tall ? area(shared) : input({ ...shared, type })}
    ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}
    ${error ? html`<p class="error" id="${name}-error" role="alert">${error}</p>` : nothing}
  </div>`;
}

function input({ name, type, error, told, value, autocomplete, required = false, maxlength, minlength, numeric = false, autofocus = false, oninput }) {
  return html`<input
    id=${name}
    name=${name}
    type=${type}
    value=${value}
    autocomplete=${autocomplete ?? 'off'}
    maxlength=${maxlength ?? nothing}
    minlength=${minlength ?? nothing}
    inputmode=${numeric ? 'numeric' : nothing}
    ?required=${required}
    ?autofocus=${autofocus}
    autocapitalize=${type === 'text' ? nothing : 'none'}
    aria-invalid=${error ? 'true' : nothing}
    aria-describedby=${told || nothing}
    @input=${oninput}
  />`;
}

function area({ name, error, told, value, maxlength, oninput }) {
  return html`<textarea
    id=${name}
    name=${name}
    rows="3"
    .defaultValue=${value}
    maxlength=${maxlength ?? nothing}
    aria-invalid=${error ? 'true' : nothing}
    aria-describedby=${told || nothing}
    @input=${oninput}
  ></textarea>`;
}

/** One of a few, `options` being `[value, text]` pairs. */
export function choice({ name, label, options, value, hint = '', onchange }) {
  return html`<div class="field">
    <label for=${name}>${label}</label>
    <select id=${name} name=${name} @change=${onchange} aria-describedby=${hint ? `${name}-hint` : nothing}>
      ${options.map(([option, text]) => html`<option value=${option} ?selected=${option === value}>${text}</option>`)}
    </select>
    ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}
  </div>`;
}

/** One of a few whose difference needs a sentence: radio buttons with a description. */
export function radios({ name, label, options, value, onchange }) {
  return html`<fieldset class="field">
    <legend>${label}</legend>
    ${options.map(
      ([option, text, detail]) =>
        html`<label class="radio"
          ><input type="radio" name=${name} value=${option} ?checked=${option === value} @change=${onchange} />
          <span><b>${text}</b><span class="hint">${detail}</span></span>
        </label>`,
    )}
  </fieldset>`;
}

export const fields = css`
  form {
    display: grid;
    gap: var(--space-4);
  }
  .field {
    display: grid;
    gap: var(--space-1);
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  label,
  legend {
    padding: 0;
    font-size: var(--text-small);
    font-weight: var(--bold);
  }
  input:not([type='radio'], [type='checkbox']),
  select,
  textarea {
    inline-size: 100%;
    min-block-size: var(--touch);
    padding: var(--space-2) var(--space-3);
    border: var(--hairline) solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--ink);
    font: inherit;
    font-size: var(--text-input);
  }
  textarea {
    resize: vertical;
  }
  input:focus-visible,
  select:focus-visible,
  textarea:focus-visible {
    outline-offset: 0;
    border-color: var(--accent);
  }
  [aria-invalid] {
    border-color: var(--danger) !important;
  }
  .hint {
    color: var(--muted);
    font-size: var(--text-small);
    font-weight: normal;
  }
  .error {
    color: var(--danger);
    font-size: var(--text-small);
  }
  .tick {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-block-size: var(--touch);
    font-weight: normal;
    cursor: pointer;
  }
  .tick input {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
    margin: 0;
    accent-color: var(--accent);
  }
  .radio {
    display: flex;
    gap: var(--space-3);
    align-items: start;
    padding: var(--space-3);
    border: var(--hairline) solid var(--line);
    border-radius: var(--radius);
    cursor: pointer;
  }
  .radio + .radio {
    margin-block-start: var(--space-2);
  }
  .radio:has(:checked) {
    border-color: var(--accent);
    background: var(--accent-soft);
  }
  .radio input {
    margin-block-start: 0.2em;
    accent-color: var(--accent);
  }
  .radio span span {
    display: block;
  }
`;
