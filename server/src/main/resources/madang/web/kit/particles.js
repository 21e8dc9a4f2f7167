/**
 * Korean particles change with the last sound of the word before them: 방을, 마당이 but 나무를, 나무가.
 * A text file writes both forms, `{을/를}`, and this picks one.
 */
export function particle(before, forms) {
  const [afterConsonant, afterVowel] = forms.split('/');
  switch (ending(before)) {
    case 'vowel':
      return afterVowel;
    case 'rieul':
      return afterConsonant === '으로' ? afterVowel : afterConsonant;
    case 'consonant':
      return afterConsonant;
    default:
      return `${afterConsonant}(${afterVowel})`;
  }
}

const RIEUL = 8;
const DIGITS = ['consonant', 'rieul', 'vowel', 'consonant', 'vowel', 'vowel', 'consonant', 'rieul', 'rieul', 'vowel'];

const UNREAD = /["'’”」』)\]\s.,!?~…\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200d\ufe0f]+$/u;

/** How the word ends when it is read aloud; emoji and what closes a quotation, a bracket or a sentence are not read. */
function ending(word) {
  const last = word.replace(UNREAD, '').at(-1) ?? '';
  const syllable = last.codePointAt(0) - 0xac00;
  if (syllable >= 0 && syllable < 11172) {
    const final = syllable % 28;
    return final === 0 ? 'vowel' : final === RIEUL ? 'rieul' : 'consonant';
  }
  if (/[0-9]/.test(last)) return DIGITS[Number(last)];
  if (/l/i.test(last)) return 'rieul';
  if (/[bckmnp]/i.test(last)) return 'consonant';
  return /[a-z]/i.test(last) ? 'vowel' : 'unknown';
}
