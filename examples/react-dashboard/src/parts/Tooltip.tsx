import { Portal } from '@ark-ui/react/portal';
import { Tooltip as Ark } from '@ark-ui/react/tooltip';
import type { ReactElement } from 'react';

interface TooltipProps {
  readonly text: string;
  /** One element that can have the focus. */
  readonly children: ReactElement;
}

/** A few words more about a control: on hover and on focus. */
export function Tooltip({ text, children }: TooltipProps) {
  return (
    <Ark.Root openDelay={300} closeDelay={80} positioning={{ placement: 'top' }} lazyMount unmountOnExit>
      <Ark.Trigger asChild>{children}</Ark.Trigger>
      <Portal>
        <Ark.Positioner>
          <Ark.Content className="tooltip">{text}</Ark.Content>
        </Ark.Positioner>
      </Portal>
    </Ark.Root>
  );
}
