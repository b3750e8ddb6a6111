import { envelope } from '@tautline/core/protocols/envelope';
import { channelsOver } from './tautlineChannels';

export const adapter = channelsOver(envelope);
