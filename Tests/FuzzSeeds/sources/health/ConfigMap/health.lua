return { status = "Healthy", message = string.rep("-", math.min(10, #(obj.data.a or ""))) }
