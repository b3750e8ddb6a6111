import { centrifugo } from '@tautline/core/protocols/centrifugo';
import { channelsOver } from './tautlineChannels';

export const adapter = channelsOver(centrifugo);
