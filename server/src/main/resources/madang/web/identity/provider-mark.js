import { html } from 'lit';

/** The sign by which people know the house of a provider; none for one that this page has never heard of. */
export const providerMark = (provider) => MARKS[provider]?.() ?? html`<m-icon name="box-arrow-up-right"></m-icon>`;

const MARKS = {
  kakao: () => html`<m-icon name="chat-fill"></m-icon>`,
  google: () => html`<m-icon name="google"></m-icon>`,
  naver: () => html`<svg width="18" height="18" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true"><path d="M2 2h4.4l3.2 5.2V2H14v12H9.6L6.4 8.8V14H2z" /></svg>`,
};
