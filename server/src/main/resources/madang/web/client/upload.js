/**
 * Who watches an upload: `told` hears how much of it is up, from 0 to 1; `signal` gives it up.
 *
 * @typedef {{ told?: (share: number) => void, signal?: AbortSignal }} Watch
 */

/**
 * Sends a form as `fetch` would, which cannot tell how far it has come; this older way can.
 *
 * @param {string} address
 * @param {{ method: string, headers: Record<string, string>, body: FormData }} request
 * @param {Watch} [watch]
 * @returns {Promise<Response>}
 */
export function upload(address, { method, headers, body }, { told, signal } = {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.onprogress = ({ loaded, total }) => told?.(total ? loaded / total : 0);
    request.onload = () => resolve(new Response(request.response, { status: request.status, headers: headersOf(request) }));
    request.onerror = () => reject(new TypeError('no answer'));
    request.onabort = () => reject(new DOMException('given up', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(body);
  });
}

/** @param {XMLHttpRequest} request */
const headersOf = (request) => ({ 'Retry-After': request.getResponseHeader('Retry-After') ?? '0' });
