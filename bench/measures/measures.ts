import type { Measure } from '../lab/lab';
import { burst } from './burst';
import { channels } from './channels';
import { clients } from './clients';
import { flush } from './flush';
import { frozen } from './frozen';
import { herd } from './herd';
import { hooks } from './hooks';
import { openInNode, openInPage } from './open';
import { queue } from './queue';
import { send } from './send';
import { fewTiles, tiles } from './tiles';

/** By the name that `pnpm bench` takes, in the order of the report. */
export const MEASURES = {
  burst,
  tiles,
  'few-tiles': fewTiles,
  send,
  queue,
  flush,
  open: openInPage,
  'open-node': openInNode,
  herd,
  frozen,
  hooks,
  channels,
  clients,
} satisfies Record<string, Measure>;

export type MeasureId = keyof typeof MEASURES;
