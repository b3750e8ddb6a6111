import { BatteryCharging, BatteryLow, Drone, ThermometerSun, Truck, Van, WifiOff } from '@lucide/vue';
import type { DeviceKind, DeviceStatus, Measure } from '@tautline-examples/shared';
import type { Component } from 'vue';

export const KIND_ICONS: Record<DeviceKind, Component> = {
  truck: Truck,
  van: Van,
  drone: Drone,
  charger: BatteryCharging,
};

export const KIND_LABELS: Record<DeviceKind, string> = {
  truck: 'Trucks',
  van: 'Vans',
  drone: 'Drones',
  charger: 'Chargers',
};

export const STATUS_LABELS: Record<DeviceStatus, string> = {
  ok: 'OK',
  warning: 'Warning',
  critical: 'Critical',
  offline: 'Offline',
};

export const MEASURE_ICONS: Record<Measure, Component> = {
  temperature: ThermometerSun,
  silence: WifiOff,
  battery: BatteryLow,
};
