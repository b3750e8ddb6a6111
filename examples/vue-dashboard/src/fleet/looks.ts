import { BatteryCharging, Drone, Truck, Van } from '@lucide/vue';
import type { DeviceKind, DeviceStatus } from '@tautline-examples/shared';
import type { Component } from 'vue';

export const KIND_ICONS: Record<DeviceKind, Component> = {
  truck: Truck,
  van: Van,
  drone: Drone,
  charger: BatteryCharging,
};

export const STATUS_LABELS: Record<DeviceStatus, string> = {
  ok: 'OK',
  warning: 'Warning',
  critical: 'Critical',
  offline: 'Offline',
};
