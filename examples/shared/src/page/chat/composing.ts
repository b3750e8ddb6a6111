/** More than a server of ours takes, which then says so; and less than would break the line. In UTF-16 units. */
export const MAX_TYPED = 10_000;

/** Whether a key sends the message: Enter does, unless it breaks the line (with Shift) or ends the composition of an input method. */
export function isSendKey({ key, shiftKey, isComposing, keyCode }: KeyboardEvent): boolean {
  return key === 'Enter' && !shiftKey && !isComposing && keyCode !== 229; // Safari ends the composition before it tells the key
}
