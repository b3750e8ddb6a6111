import { APPEARANCES, getAppearance, setAppearance } from '@tautline-examples/shared/page/appearance';
import { createElement as createIcon, Monitor, Moon, Sun } from 'lucide';
import { element } from './element';

const ICONS = { system: Monitor, light: Sun, dark: Moon };

export function appearanceChoices(): HTMLLabelElement[] {
  const chosen = getAppearance();
  return APPEARANCES.map(({ value, label }) => {
    const input = element('input', { type: 'radio', name: 'appearance', 'aria-label': label });
    input.checked = value === chosen;
    input.addEventListener('change', () => setAppearance(value));
    return element('label', { title: label }, createIcon(ICONS[value]), input);
  });
}
