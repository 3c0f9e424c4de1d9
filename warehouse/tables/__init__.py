"""Every published table, declared once: one small file per table or family."""
