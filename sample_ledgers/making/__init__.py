"""How the sample ledgers are made: people, the county's rows, the offences planted, and two ways of laying it all out.

Nothing here imports `auditor`: what is planted and what must be found is written down independently of the product.
"""
