pytest_plugins = ["fickledb_pytest"]
