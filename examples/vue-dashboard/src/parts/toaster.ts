import { createToaster } from '@ark-ui/vue/toast';

/** `toaster.create({ title, description, type })` says something that passes; `Toasts` shows it. */
export const toaster = createToaster({
  placement: 'top-end',
  overlap: true,
  gap: 8,
  offsets: { top: '68px', right: '16px', bottom: '16px', left: '16px' },
});
