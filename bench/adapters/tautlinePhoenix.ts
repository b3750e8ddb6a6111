import { phoenix } from '@tautline/core/protocols/phoenix';
import { channelsOver } from './tautlineChannels';

export const adapter = channelsOver(phoenix);
