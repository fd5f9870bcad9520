import { expect, test } from "vitest";
import { nameChip } from "./chip-name";

/** Paths as kernels make them, and the names lm-sensors gives these chips. */
test.each([
  ["coretemp", "platform/coretemp.1/hwmon/hwmon2", "coretemp-isa-0001"],
  ["nct6798", "platform/nct6775.656/hwmon/hwmon3", "nct6798-isa-0290"],
  ["pwmfan", "platform/pwm-fan/hwmon/hwmon1", "pwmfan-isa-0000"],
  ["rp1_adc", "platform/axi/1000120000.pcie/1f000c8000.adc/hwmon/hwmon1", "rp1_adc-isa-0000"],
  ["k10temp", "pci0000:00/0000:00:18.3/hwmon/hwmon1", "k10temp-pci-00c3"],
  ["nvme", "pci0000:00/0000:00:02.0/nvme/nvme0/hwmon0", "nvme-pci-0010"],
  ["nvme", "pci10000:e0/10000:e0:06.0/10000:e1:00.0/nvme/nvme0/hwmon1", "nvme-pci-10000e100"],
  ["amdgpu", "pci0000:00/0000:00:01.1/0000:01:00.0/0000:02:00.0/0000:03:00.0/hwmon/hwmon4", "amdgpu-pci-0300"],
  ["mt7921_phy0", "pci0000:00/0000:00:02.2/0000:05:00.0/ieee80211/phy0/hwmon6", "mt7921_phy0-pci-0500"],
  ["drivetemp", "pci0000:00/0000:00:17.0/ata3/host2/target2:0:0/2:0:0:0/hwmon/hwmon5", "drivetemp-scsi-2-0"],
  [
    "drivetemp",
    "pci0000:00/0000:01:00.0/host0/port-0:1/end_device-0:1/target0:0:12/0:0:12:0/hwmon/hwmon5",
    "drivetemp-scsi-0-c0",
  ],
  ["jc42", "pci0000:00/0000:00:1f.4/i2c-0/0-0018/hwmon/hwmon7", "jc42-i2c-0-18"],
  ["max31722", "platform/soc/3f204000.spi/spi_master/spi0/spi0.1/hwmon/hwmon0", "max31722-spi-0-1"],
  ["corsairpsu", "pci0000:00/0000:00:14.0/usb1/1-3/1-3:1.0/0003:1B1C:1C05.000A/hwmon/hwmon6", "corsairpsu-hid-3-a"],
  ["acpitz", "virtual/thermal/thermal_zone0/hwmon0", "acpitz-acpi-0"],
  ["BAT0", "LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/PNP0C0A:00/power_supply/BAT0/hwmon1", "BAT0-acpi-0"],
  ["iwlwifi_1", "virtual/thermal/thermal_zone5/hwmon8", "iwlwifi_1-virtual-0"],
  ["cpu_thermal", "virtual/thermal/thermal_zone0/hwmon0", "cpu_thermal-virtual-0"],
  ["w1_slave_temp", "w1_bus_master1/28-000005e2fdc3/hwmon/hwmon1", "w1_slave_temp-w1-28-000005e2fdc3"],
])("%s at %s is %s", (driver, path, expected) => {
  expect(nameChip(driver, `../../devices/${path}`)).toBe(expected);
});

test.each([
  [undefined, "nvme-virtual-0"],
  ["", "nvme-virtual-0"],
  ["../../../etc/passwd", "nvme-virtual-0"],
  ["/host/sys/devices/pci0000:00/0000:00:02.0/nvme/nvme0/hwmon0", "nvme-pci-0010"],
])("a link to %j is %s", (path, expected) => {
  expect(nameChip("nvme", path)).toBe(expected);
});

test("a dash in a driver's name does not make it another chip", () => {
  expect(nameChip("a-isa-0290", "")).toBe("a_isa_0290-virtual-0");
});
