import { ArrowDownLeft, ArrowUpRight, Cable, CircleSlash } from '@lucide/vue';

/** How each kind of entry of the log looks. */
export const LOOKS = {
  sent: { label: 'Sent', icon: ArrowUpRight },
  received: { label: 'Received', icon: ArrowDownLeft },
  line: { label: 'Line', icon: Cable },
  dropped: { label: 'Dropped', icon: CircleSlash },
};
