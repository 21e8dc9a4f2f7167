import { toast } from './toast.js';

/** Browsers give the clipboard to pages from a safe place alone; elsewhere the text itself is shown. */
export async function copy(text, told) {
  try {
    await navigator.clipboard.writeText(text);
    toast(told);
  } catch {
    toast(text);
  }
}
