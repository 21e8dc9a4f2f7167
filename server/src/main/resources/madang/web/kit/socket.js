import { Socket } from '../client/socket.js';
import { api } from './api.js';

/** The one socket of the page. */
export const socket = new Socket(api);
