"""The district's old warehouse: Ed-Fi interchange files of the four school years before the current one."""

from homeroom.demo.warehouse.delivery import write_warehouse

__all__ = ["write_warehouse"]
