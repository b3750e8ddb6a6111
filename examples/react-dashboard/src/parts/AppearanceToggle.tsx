import { Menu } from '@ark-ui/react/menu';
import { Portal } from '@ark-ui/react/portal';
import { APPEARANCES, getAppearance, setAppearance, type Appearance } from '@tautline-examples/shared/page';
import { Check, Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';

const ICONS = { system: Monitor, light: Sun, dark: Moon };

/** Light, dark, or as the system says. */
export function AppearanceToggle() {
  const [appearance, setShown] = useState(getAppearance);
  const Icon = ICONS[appearance];
  const choose = (chosen: Appearance) => {
    setAppearance(chosen);
    setShown(chosen);
  };

  return (
    <Menu.Root positioning={{ placement: 'bottom-end' }} lazyMount unmountOnExit>
      <Menu.Trigger className="button icon" aria-label={`Appearance: ${appearance}`}>
        <Icon aria-hidden />
      </Menu.Trigger>
      <Portal>
        <Menu.Positioner>
          <Menu.Content className="menu">
            <Menu.RadioItemGroup
              value={appearance}
              onValueChange={({ value }) => choose(value as Appearance)} // the items are the only values
            >
              {APPEARANCES.map(({ value, label }) => {
                const ItemIcon = ICONS[value];
                return (
                  <Menu.RadioItem key={value} value={value}>
                    <ItemIcon aria-hidden />
                    <Menu.ItemText>{label}</Menu.ItemText>
                    <Menu.ItemIndicator>
                      <Check aria-hidden />
                    </Menu.ItemIndicator>
                  </Menu.RadioItem>
                );
              })}
            </Menu.RadioItemGroup>
          </Menu.Content>
        </Menu.Positioner>
      </Portal>
    </Menu.Root>
  );
}
