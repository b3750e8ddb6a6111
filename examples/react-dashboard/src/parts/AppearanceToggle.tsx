import { getAppearance, nextAppearance, setAppearance } from '@tautline-examples/shared/page';
import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';

const ICONS = { system: Monitor, light: Sun, dark: Moon };

/** Goes round: as the system, light, dark. */
export function AppearanceToggle() {
  const [appearance, setShown] = useState(getAppearance);
  const Icon = ICONS[appearance];
  const next = nextAppearance(appearance);
  const toggle = () => {
    setAppearance(next);
    setShown(next);
  };
  return (
    <button
      type="button"
      className="button icon"
      onClick={toggle}
      aria-label={`Appearance: ${appearance}. Change to ${next}`}
      title={`Appearance: ${appearance}`}
    >
      <Icon aria-hidden />
    </button>
  );
}
