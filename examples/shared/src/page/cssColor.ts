/** A canvas does not know the theme's tokens; what a colour is now only a styled element can tell. */
export function cssColor(value: string): string {
  const sample = document.createElement('span');
  sample.style.color = value.startsWith('--') ? `var(${value})` : value;
  document.body.append(sample);
  const { color } = getComputedStyle(sample);
  sample.remove();
  return color;
}
