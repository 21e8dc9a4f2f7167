import { css, html, nothing } from 'lit';
import { define, Element } from '../kit/element.js';
import { go } from '../kit/router.js';

/** What a press may ask for, above everything else. */
const dialogs = {
  create: { load: () => import('./create-room.js'), view: () => html`<chat-create-room></chat-create-room>` },
  browse: { load: () => import('./browse-rooms.js'), view: () => html`<chat-browse-rooms></chat-browse-rooms>` },
  direct: { load: () => import('./find-person.js'), view: () => html`<chat-find-person></chat-find-person>` },
  person: { load: () => import('./person-card.js'), view: ({ about, room }) => html`<chat-person-card .person=${about} .room=${room}></chat-person-card>` },
  report: { load: () => import('./report.js'), view: ({ about }) => html`<chat-report .about=${about}></chat-report>` },
  picture: { load: () => import('./picture.js'), view: ({ about }) => html`<chat-picture .message=${about}></chat-picture>` },
};

/** Around whatever shows rooms: what a press in there asks for is asked here. */
class Asks extends Element {
  static properties = { room: {}, asked: { state: true } };

  static styles = css`
    :host {
      display: contents;
    }
    .asked {
      position: absolute;
    }
  `;

  constructor() {
    super();
    Object.keys(dialogs).forEach((name) => this.addEventListener(name, ({ detail }) => this.#ask(name, detail)));
  }

  render() {
    return html`<slot></slot>${this.asked
        ? html`<div class="asked" @close=${this.#answered} @entered=${this.#entered}>${dialogs[this.asked.name].view({ about: this.asked.about, room: this.room })}</div>`
        : nothing}`;
  }

  async #ask(name, about) {
    await dialogs[name].load();
    this.asked = { name, about };
  }

  #answered = (event) => {
    event.stopPropagation();
    this.asked = null;
  };

  #entered = ({ detail: room }) => {
    this.asked = null;
    go(`/chat/${room.id}`);
  };
}

define('chat-asks', Asks);
