"""Money paid: funds requests, payments, receipts and the ledger that proves them."""
