"""What drives a model: SHAP values, gaps as sums of shares, proxies."""
