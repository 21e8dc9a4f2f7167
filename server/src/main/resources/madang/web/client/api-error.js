/** What the server, or the way to it, refused. `message` is a sentence for the reader. */
export class ApiError extends Error {
  /** @param {{ code: string, message: string, details?: Record<string, any>, status?: number, retryAfterSeconds?: number }} refusal */
  constructor({ code, message, details = {}, status = 0, retryAfterSeconds = 0 }) {
    super(message);
    this.code = code;
    this.details = details;
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Nobody answered: the same request may succeed later. */
  get unreachable() {
    return this.status === 0;
  }

  /**
   * The sentence that belongs to one field of a form, if the server named it.
   *
   * @param {string} name
   * @returns {string}
   */
  field(name) {
    return this.details[name] ?? (this.details.field === name ? this.message : '');
  }
}
